import type { DeskLogAnswer } from '../../src/evaluation/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '评标室记录', en: 'Log of the desks' },
  below: {
    zh: '成员何时进出评标台、在哪个场地、打开过哪些投标文件。评审意见和评分不在其中。',
    en: 'When members came to their desks and left, from which room, and which files they opened. What they thought of them is not in it.',
  },
  own: { zh: '以下只有您本人的记录。', en: 'These are your own lines only.' },
  desk: { zh: '评标台', en: 'The desk' },
  rooms: { zh: '评标场地', en: 'Rooms' },
  main: { zh: '主场', en: 'Main venue' },
  sub: { zh: '副场', en: 'Sub-venue' },
  noRooms: { zh: '没有为本次评标预订场地。', en: 'No room is booked for this evaluation.' },
  present: { zh: '现在在台', en: 'At their desks now' },
  log: { zh: '记录（新的在前）', en: 'Entries, newest first' },
  at: { zh: '时间', en: 'Time' },
  who: { zh: '席位', en: 'Seat' },
  what: { zh: '事项', en: 'What' },
  entered: { zh: '进入评标台', en: 'Came to the desk' },
  left: { zh: '离开', en: 'Left' },
  opened: { zh: '打开文件', en: 'Opened a file' },
  where: { zh: '场地', en: 'Room' },
  address: { zh: '网络地址', en: 'Network address' },
  none: { zh: '还没有记录', en: 'Nothing yet' },
  older: { zh: '更早的记录', en: 'Older entries' },
} satisfies Texts;

type Row = DeskLogAnswer['rows'][number];

/** Who came and went when, from where, and what was opened: for the supervisor, later for the host, and for each member its own. */
export function deskLogPage(view: View, data: DeskLogAnswer): Html {
  const base = `/lots/${data.lot.id}/evaluation`;
  const what = (row: Row): Html =>
    html`<strong>${view.t(say[row.what])}</strong>${row.why ? html` <span class="sub">${view.t(row.why)}</span>` : nothing}${
      row.bidder === null ? nothing : html` ${row.bidder}${row.file ? html` · ${view.t(row.file)}` : nothing}`
    }`;
  const venue = (main: boolean | null): Html =>
    main === null ? html`` : html` <span class="sub">${view.t(main ? say.main : say.sub)}</span>`;
  const columns: part.Column<Row>[] = [
    { label: say.at, cell: (row) => part.time(view, row.at, 'full') },
    { label: say.who, cell: (row) => html`<strong>${view.t(row.mask)}</strong>`, phone: 'head' },
    { label: say.what, cell: what },
    { label: say.where, cell: (row) => (row.place === null ? '' : html`${row.place}${venue(row.main)}`) },
    ...(data.all ? [{ label: say.address, cell: (row: Row) => row.address ?? '' }] : []),
  ];
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    main: html`${part.pageHead(view, {
      back: { href: base, label: say.desk },
      above: `${data.lot.number} · ${view.t(data.lot.phaseTitle)}`,
      title: say.title,
      below: view.t(say.below),
    })}
<div class="stack">${data.all ? nothing : part.notice(view, 'plain', say.own)}${part.card(view, {
      title: say.rooms,
      ...(data.present === null ? {} : { beside: html`${view.t(say.present)} ${data.present}` }),
      body:
        data.rooms.length === 0
          ? html`<p class="sub">${view.t(say.noRooms)}</p>`
          : html`<ul class="plain">${each(data.rooms, (room) => html`<li>${room.name}${venue(room.main)}</li>`)}</ul>`,
    })}${part.card(view, {
      title: say.log,
      flush: true,
      body: part.table(view, { caption: say.log, columns, rows: data.rows, empty: part.empty(view, { title: say.none, icon: 'history' }) }),
      ...(data.next === null ? {} : { foot: html`<a class="btn btn-sm" href="${base}/log?from=${data.next}">${view.t(say.older)}</a>` }),
    })}</div>`,
  });
}
