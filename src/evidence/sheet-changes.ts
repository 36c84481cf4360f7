import { sheetChange } from '../evaluation/sheet-change.ts';
import { canonical, canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Checklist } from './checks.ts';
import type { History } from './history.ts';

/** What was changed after sheets had been opened: signed by whoever changed it, each verdict and mark with its reason, and nothing else. */
export async function checkSheetChanges(history: History, list: Checklist, lot: string, anchors: readonly Certificate[]): Promise<void> {
  const signed = new Map<string, number>();
  for (const { index, at, data } of history.all('sheet.changed')) {
    const { part, member, statement } = data;
    const expected = sheetChange({ ...statement, lot, part, member }, statement);
    const [der, moment] = [fromBase64(data.signature), parseInstant(at)];
    const verdict = der && moment && (await verifyDetached(der, canonicalBytes(expected), { anchors, at: moment }));
    // of a part that is reviewed blind: of the review that was going on, blind or by name
    const named = history.all('pseudonyms.revealed').findLast((event) => event.data.part === part && event.index < index)?.index ?? -1;
    const opened = history
      .all('sheets.opened')
      .some((event) => event.data.part === part && event.data.all && event.index > named && event.index < index);
    list.that(
      { zh: '开启后的每次更正由本人签名', en: 'Each change after the opening is signed by its author' },
      verdict?.ok === true && opened && canonical(statement) === canonical(expected),
    );
    const keys = [
      ...statement.verdicts.map(({ bid, item, pass, reason }) => canonical([member, bid, item, pass, reason])),
      ...statement.scores.map(({ bid, criterion, score, reason }) => canonical([member, bid, criterion, score, reason])),
    ];
    for (const key of keys) signed.set(key, Math.min(index, signed.get(key) ?? index));
  }
  const given = history.all('bid.reviewed', 'bid.scored');
  const unsigned = given.find(({ index, data, raw }) => {
    const { reason } = raw as { reason: string | null };
    const [of, value] = 'item' in data ? [data.item, data.pass] : [data.criterion, data.score];
    return !((signed.get(canonical([data.member, data.bid, of, value, reason])) ?? index) < index);
  });
  list.that(
    fill(
      { zh: '开启后更正 {count} 处，均已签名并写明理由', en: '{count} changes after the opening, each signed, with its reason' },
      { count: given.length },
    ),
    unsigned === undefined,
  );
}
