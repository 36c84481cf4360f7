import {
  type ReassessmentStatement,
  reassessmentBytes,
  reassessmentShape,
  reassessmentStatement,
} from '../evaluation/reassessment-statement.ts';
import { reopeningGrounds } from '../evaluation/reopening.ts';
import { canonical, fromBase64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { signedNear } from '../openings/hall-statement.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { fallOf } from './signers.ts';

/**
 * Every order to evaluate again was signed, with a certificate that then stood, by whoever may give it, over exactly what the journal says of it. A
 * notice binds the platform to this; an order under a notice from before may bear no signature, and what it bears must hold all the same.
 */
export async function checkReassessments(history: History, list: Checklist, lot: string, anchors: readonly Certificate[]): Promise<void> {
  const notice = history.one('notice.published')?.data;
  for (const order of history.all('reassessment.ordered')) {
    const about = fill(
      { zh: '事件 {index} 的重新评审决定由决定者签名', en: "Event {index}'s order to evaluate again is signed by who gave it" },
      { index: order.index },
    );
    const { statement, signature } = order.data;
    if (statement === undefined && signature === undefined && notice?.reassessments === undefined) {
      list.note(
        fill(
          {
            zh: '事件 {index} 的重新评审决定没有签名：公告早于签名要求。',
            en: 'The order of event {index} bears no signature: its notice is from before orders were signed.',
          },
          { index: order.index },
        ),
      );
      continue;
    }
    const read = reassessmentShape.safeParse(statement);
    const [der, at] = [fromBase64(signature ?? ''), parseInstant(order.at)];
    list.that(about, read.success && der !== undefined && at !== undefined);
    const stated = read.data;
    const verdict = await verifyDetached(der, reassessmentBytes(stated), { anchors, at });
    list.that(about, verdict.ok, verdict.ok ? undefined : verdict.problem.title);
    const { code, subject, serial } = verdict.signer;
    list.that(about, (code ?? subject.serialNumber) === stated.signer, { zh: '证书属于他人', en: 'the certificate is somebody else’s' });
    list.that(about, signedNear(stated.at, at), { zh: '签名时间与作出时间不符', en: 'signed at another time' });
    const fall = fallOf(history, serial, order);
    list.that(about, fall === null, { zh: `证书此前已不能使用：${fall}`, en: `the certificate did not stand any more: ${fall}` });
    list.that(about, says(history, order, lot, stated), {
      zh: '签名的不是日志所载的决定',
      en: 'what was signed is not what the journal says',
    });
    list.that(about, mayOrder(stated, [notice?.tenderee, notice?.agent]), {
      zh: '无权以此理由决定',
      en: 'not theirs to order on this ground',
    });
    list.note(
      fill(
        { zh: '重新评审（第 {version} 版）由 {name} 签名决定。', en: '{name} signed the order for version {version} of the evaluation.' },
        { version: stated.version, name: subject.commonName ?? stated.signer },
      ),
    );
  }
}

/** The signed words are those of the two entries that reopened the evaluation, which stand beside each other. */
function says(history: History, order: Placed<'reassessment.ordered'>, lot: string, stated: ReassessmentStatement): boolean {
  const opened = history.all('evaluation.reopened').filter(({ data }) => data.version === order.data.version);
  const [reopened] = opened;
  if (reopened === undefined || opened.length > 1 || reopened.at !== order.at) return false;
  const { version, explanation = '', bids, items, criteria } = order.data;
  const { ground, reference = null, was, by } = reopened.data;
  const { signer, at } = stated;
  const expected = { lot, version, was, ground, reference, explanation, bids, items, criteria, by, signer, at };
  return canonical(stated) === canonical(reassessmentStatement(expected as typeof stated));
}

/** A host signs with its own certificate on the grounds that are a host's; a supervisor, who is no host, on its decision. */
function mayOrder({ ground, by, signer }: ReassessmentStatement, hosts: readonly (string | null | undefined)[]): boolean {
  const host = hosts.includes(by);
  return reopeningGrounds[ground].by === 'host' ? host && signer === by : !host;
}
