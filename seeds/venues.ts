import { type Frame, perform } from '../src/kernel/act.ts';
import { theSystem } from '../src/kernel/actor.ts';
import { type Instant, instantOf, later } from '../src/kernel/clock.ts';
import { bookVenue } from '../src/openings/book-venue.ts';
import { registerVenue } from '../src/openings/register-venue.ts';

const address = '宜昌市伍家岗区市民中心 4 楼';
const places = [
  { name: '第一开标厅', kind: 'hall', address, seats: 60, devices: ['大屏', '高拍仪', '全程录音录像'] },
  { name: '第二开标厅', kind: 'hall', address, seats: 30, devices: ['大屏', '全程录音录像'] },
  { name: '第一评标室', kind: 'room', address, seats: 9, devices: ['隔夜评标床位', '监控', '手机信号屏蔽'] },
  { name: '远程评标一室', kind: 'room', virtual: true, address: '市民中心主场与枝江副场', seats: 7, devices: ['双屏', '视频会议'] },
] as const;

/** The trading centre's halls and rooms, and the first hall for each opening that is still to come. What is there is left alone. */
export async function seedVenues(frame: Frame, tell: (line: string) => void): Promise<void> {
  const em = frame.fork();
  const there = await em.execute<{ id: string; kind: string }[]>('select id, kind from venue order by registered_at, name');
  if (there.length === 0) for (const place of places) await perform(frame, registerVenue, theSystem, place);
  const [hall] = await em.execute<{ id: string }[]>(
    `select id from venue where kind = 'hall' and closed_at is null order by name desc limit 1`,
  );
  const lots = await em.execute<{ id: string; deadline: string }[]>(
    `select l.id, l.deadline from lot l where l.phase = 'bidding' and l.deadline > yangguang_now()
     and not exists (select from venue_booking b where b.lot = l.id and b.released_at is null)`,
  );
  for (const { id, deadline } of hall ? lots : []) {
    const opens: Instant = instantOf(new Date(deadline));
    await perform(frame, bookVenue, theSystem, {
      venue: hall?.id,
      lot: id,
      purpose: 'opening',
      from: later(opens, -1_800_000),
      until: later(opens, 7_200_000),
    });
  }
  if (there.length === 0 || lots.length > 0) tell('场地 halls and rooms');
}
