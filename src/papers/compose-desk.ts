import { reopeningGrounds } from '../evaluation/reopening.ts';
import { leavings, leavingWords } from '../evaluation/sitting.ts';
import type { Words } from '../kernel/words.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import type { History, Told } from './history.ts';
import type { Names } from './names.ts';

/** Where a panel worked, who came and went there, and whether it judged again: what a report says beside the judgement itself. */

/** The rooms booked for the evaluation, the one booked first as the main venue; without a room it is online. */
export function placeWords(history: History, { platform }: Names): EvaluationReport['basics']['place'] {
  const released = new Set(history.all('room.released').map(({ data }) => data.booking));
  const rooms = history.all('room.booked').filter(({ data }) => !released.has(data.booking));
  if (rooms.length === 0) return { zh: `${platform.zh}在线评标`, en: `online, on the ${platform.en}` };
  return {
    zh: rooms.map(({ data }, at) => `${data.name}（${at === 0 ? '主场' : '副场'}）`).join('、'),
    en: rooms.map(({ data }, at) => `${data.name} (${at === 0 ? 'main venue' : 'sub-venue'})`).join(', '),
  };
}

/** When each member came to its desk and left it, in the order of the journal. A seat that somebody else has taken since is named as such. */
export function deskLogOf(history: History, masks: ReadonlyMap<string, string>): EvaluationReport['log'] {
  const places = new Map<string, string>();
  return history.all('desk.entered', 'desk.left').map((event) => {
    const { member } = event.data;
    if (isEntry(event)) places.set(member, placeIn(event.data));
    return {
      at: event.at,
      member: masks.get(member) ?? '已更换的成员',
      place: places.get(member) ?? '—',
      what: isEntry(event) ? { zh: '进入评标台', en: 'came to the desk' } : leftFor(event.data),
    };
  });
}

const isEntry = (event: Told<'desk.entered' | 'desk.left'>): event is Told<'desk.entered'> => event.type === 'desk.entered';
const placeIn = ({ place, main }: { readonly place: string | null; readonly main: boolean | null }): string =>
  place === null ? '—' : `${place}${main === null ? '' : main ? '（主场）' : '（副场）'}`;
const leftFor = (data: object): Words => {
  const why = leavings.find((each) => 'why' in data && each === data.why);
  return why ? leavingWords[why] : { zh: '离开评标台', en: 'left the desk' };
};

/** The orders by which the panel judged again, each with its ground and what it named. */
export function reopeningsOf(history: History, { items, criteria }: LotTerms): EvaluationReport['reopenings'] {
  const orders = history.all('reassessment.ordered');
  const title = (id: string): string => [...items, ...criteria].find((each) => each.id === id)?.title.zh ?? id;
  return history.all('evaluation.reopened').map(({ data, at }) => {
    const order = orders.find((each) => each.data.version === data.version)?.data;
    const ground = reopeningGrounds[data.ground as keyof typeof reopeningGrounds];
    return {
      version: data.version,
      at,
      ground: { zh: `${ground.says.zh}（${ground.source.zh}）`, en: `${ground.says.en} (${ground.source.en})` },
      explanation: order?.explanation ?? '—',
      scope: [...(order?.items ?? []), ...(order?.criteria ?? [])].map(title).join('、'),
    };
  });
}
