import { canonical, fromBase64, fromBase64url } from '../kernel/bytes.ts';
import { type Instant, parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { signerIn } from '../sealing/signature.ts';
import { type Fall, type Fate, fallAt, judgeSigners } from '../sealing/standing.ts';
import { submissionShape } from '../sealing/statement.ts';
import type { Closing } from './bidding.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';

/** What became of signers' certificates, from the journal alone: the platform's own rule (sealing/standing.ts), asked again. */

const momentOf = (text: string): Instant => {
  const at = parseInstant(text);
  if (at === undefined) throw new TypeError(`${text} is no moment`);
  return at;
};

/** The fate of a certificate, as far as the journal told it before entry `index`. */
export function fateAt(history: History, serial: string, index: number): Fate {
  const before = (each: Placed<'certificate.revoked' | 'certificate.superseded' | 'certificate.suspended' | 'certificate.resumed'>) =>
    each.index < index && each.data.serial === serial;
  const revoked = history.all('certificate.revoked').find(before);
  const superseded = history.all('certificate.superseded').find(before);
  const holds: { from: Instant; until: Instant | null }[] = [];
  for (const each of history.all('certificate.suspended', 'certificate.resumed').filter(before)) {
    const last = holds.at(-1);
    if (each.type === 'certificate.suspended') holds.push({ from: momentOf(each.at), until: null });
    else if (last) last.until = momentOf(each.at);
  }
  return {
    revokedAt: revoked === undefined ? null : momentOf(revoked.at),
    supersededAt: superseded === undefined ? null : momentOf(superseded.data.from),
    holds,
  };
}

/** Why a certificate could not sign what came in as this entry, or null. */
export const fallOf = (history: History, serial: string, entry: { readonly index: number; readonly at: string }): Fall | null =>
  fallAt(fateAt(history, serial, entry.index), momentOf(entry.at));

const falls: readonly string[] = ['certificate-revoked', 'certificate-suspended', 'certificate-superseded'];

/** Bids were refused for their signers' certificates, and noted, exactly as the journal's events on certificates ask. */
export function checkSigners(history: History, list: Checklist, closing: Closing | undefined): void {
  if (closing === undefined) return;
  const statements = new Map(
    history.all('bid.received', 'bid.replaced').map(({ data }) => {
      const signature = fromBase64url(data.signature) ?? fromBase64(data.signature);
      return [submissionShape.parse(data.statement).id, signature && signerIn(signature)?.serial] as const;
    }),
  );
  const judged = (entry: Placed<'bid.opened' | 'bid.invalid'>, signer: string) => {
    const { submission, members = [] } = entry.data;
    const serials = [statements.get(submission) ?? '', signer, ...members.map((each) => each.signer)];
    return judgeSigners(
      serials.map((serial) => fateAt(history, serial, entry.index)),
      {
        receivedAt: momentOf(closing.counted.get(submission)?.receivedAt ?? closing.deadline),
        deadline: momentOf(closing.deadline),
        now: momentOf(entry.at),
      },
    );
  };
  for (const opened of history.all('bid.opened')) {
    const { refused, note } = judged(opened, opened.data.signer);
    const says = fill(
      {
        zh: '事件 {index}：签名证书在截止前未吊销、未挂起，截止后的变化已注明',
        en: 'Event {index}: the signing certificate stood at the deadline, and what befell it since is noted',
      },
      { index: opened.index },
    );
    list.that(says, refused === null && canonical(note) === canonical(opened.data.note ?? null), {
      zh: refused ?? '注记不符',
      en: refused ?? 'the note differs',
    });
  }
  for (const invalid of history.all('bid.invalid').filter((each) => falls.includes(each.data.reason))) {
    const says = fill(
      {
        zh: '事件 {index}：签名证书在截止前确已吊销或挂起',
        en: 'Event {index}: the signing certificate had indeed fallen before the deadline',
      },
      { index: invalid.index },
    );
    list.that(says, judged(invalid, invalid.data.signer ?? '').refused === invalid.data.reason);
  }
}
