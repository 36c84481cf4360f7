import { type Judgement, Refusal } from '../custody/judge.ts';
import { wordsOf } from '../custody/refusal-words.ts';
import { Problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { evaluate, type TrusteeShare } from '../sealing/council.ts';
import { openTrusteeKey } from '../sealing/trustee-key.ts';
import { maybe, one } from './desk-parts.ts';
import { judgeTask, type Step } from './judge-task.ts';
import { t } from './page-words.ts';
import { ask, Refused } from './platform.ts';
import { keepMemory, memoryIsWhole, readMemory, type ShareMemory, type TrustFile, trustFrom, trustKept } from './share-memory.ts';
import { aside, mark } from './verdicts.ts';

/** A trustee gives its share by hand: judged here, by the custodian's own rules, line by line. */
const passed: Readonly<Record<Step, Words>> = {
  journal: { zh: '日志只增不改：与本浏览器上次所见相接', en: 'The journal extends what this browser saw before' },
  clock: { zh: '本机时钟与其他见证方相符', en: 'This machine’s clock agrees with the witnesses’' },
  council: { zh: '是您所属的委员会', en: 'It is your council that is asked' },
  included: {
    zh: '检查点由足够的见证方联署，每个事件都在其中',
    en: 'Enough witnesses cosigned the checkpoint, and every event stands in it',
  },
  register: { zh: '没有隐瞒任何约束开标的事件', en: 'No event that binds the opening is withheld' },
  orders: { zh: '没有在执行的暂停令', en: 'No order of suspension is in force' },
  deadline: { zh: '按本机时钟，投标截止时间已过', en: 'By your own clock the deadline has passed' },
  snapshot: { zh: '截标快照已联署，与日志一致', en: 'The closing snapshot is cosigned and agrees with the journal' },
  list: { zh: '开标名单正是日志中的投标', en: 'The list is exactly the bids in the journal' },
  labels: { zh: '每个信封都为本标段、本投标人封装', en: 'Every envelope was sealed for this lot by its bidder' },
  request: { zh: '抽取申请已入日志，未作改动，且是第一次', en: 'The draw was journalled before, is unchanged, and is the first' },
  once: { zh: '没有给过另一份名单的份额', en: 'No share was given for another list' },
  'own-shares': { zh: '日志中您的份额都有出处', en: 'Every share of yours in the journal is explained' },
};
const say = {
  noKey: { zh: '请先选择托管人密钥文件。', en: 'Choose your trustee key file first.' },
  noTrust: { zh: '请选择可读的信任文件（trust.json）。', en: 'Choose a readable trust file (trust.json).' },
  otherPlace: { zh: '该密钥不属于本任务的委员会席位。', en: 'This key is not of the seat that is asked.' },
  damaged: { zh: '本浏览器的记忆已损坏，不能据此给出份额。', en: 'What this browser remembers is damaged: no share can be given by it.' },
  refused: { zh: '拒绝：{reason}', en: 'Refused: {reason}' },
  given: { zh: '份额已给出', en: 'The share has been given' },
  failed: { zh: '没有完成', en: 'It was not done' },
} as const satisfies Readonly<Record<string, Words>>;

const root = maybe('[data-shares]');
if (root) {
  const kept = maybe('[data-trust-kept]', root);
  if (kept) kept.hidden = !trustKept();
  for (const part of root.querySelectorAll<HTMLElement>('[data-task]')) startTask(part, root.dataset.csrf ?? '');
}

interface Ready {
  readonly share: TrusteeShare;
  readonly trust: TrustFile;
  readonly judgement: Judgement;
  readonly memory: ShareMemory;
}

function startTask(part: HTMLElement, csrf: string): void {
  const { task = '', trustee = '' } = part.dataset;
  const check = one<HTMLButtonElement>('[data-check]', part);
  const give = one<HTMLButtonElement>('[data-give]', part);
  const list = one('[data-checks]', part);
  let ready: Ready | null = null;
  const line = (verdict: 'verified' | 'refuted', text: string, more = ''): void => {
    const item = document.createElement('li');
    item.append(mark(verdict, text), ...(more === '' ? [] : [aside(more)]));
    list.append(item);
  };
  const attempt = (work: () => Promise<void>) => async (): Promise<void> => {
    check.disabled = true;
    give.disabled = true;
    await work().catch((error: unknown) => line('refuted', ...told(error)));
    check.disabled = false;
    give.disabled = false;
  };
  check.addEventListener(
    'click',
    attempt(async () => {
      list.replaceChildren();
      give.hidden = true;
      ready = null;
      const { share, trust, council } = await keyAndTrust(Number(trustee));
      const before = readMemory(council, share.index);
      if (!memoryIsWhole(before)) throw new Error(t(say.damaged));
      const keep = (memory: ShareMemory): void => keepMemory(council, share.index, memory);
      const judged = await judgeTask(task, trust, share, before, keep, (step) => line('verified', t(passed[step])));
      ready = { share, trust, judgement: judged.judgement, memory: judged.memory };
      give.hidden = false;
      give.focus();
    }),
  );
  give.addEventListener(
    'click',
    attempt(async () => {
      if (ready === null) return;
      const { share, trust, judgement, memory } = ready;
      const { key, list: answered } = judgement.remember;
      // remembered before it leaves, as the program does
      keepMemory(trust.council.id, share.index, {
        ...memory,
        answered: { ...memory.answered, [key]: answered },
        given: [...new Set([...memory.given, task])],
      });
      await ask(`/shares/${task}`, { body: { share: evaluate(share, judgement.points, trust.council) }, csrf });
      line('verified', t(say.given));
      check.hidden = true;
      give.hidden = true;
    }),
  );
}

async function keyAndTrust(
  trustee: number,
): Promise<{ readonly share: TrusteeShare; readonly trust: TrustFile; readonly council: string }> {
  const file = one<HTMLInputElement>('#trustee-key').files?.[0];
  if (file === undefined) throw new Error(t(say.noKey));
  const chosen = one<HTMLInputElement>('#trustee-trust').files?.[0];
  const trust = trustFrom(chosen === undefined ? null : await chosen.text());
  if (trust === undefined) throw new Error(t(say.noTrust));
  const opened = await openTrusteeKey(new Uint8Array(await file.arrayBuffer()), one<HTMLInputElement>('#trustee-passphrase').value.trim());
  if (!opened.ok) throw opened.problem;
  const { council, index, signingShare } = opened.key;
  if (index !== trustee || council !== trust.council.id) throw new Error(t(say.otherPlace));
  return { share: { index, signingShare }, trust, council };
}

/** What stopped it, and the particulars below. */
function told(error: unknown): [string, string] {
  if (error instanceof Refusal) return [t(say.refused, { reason: t(wordsOf(error.reason)) }), error.message];
  if (error instanceof Refused) return [t(error.says), error.problem];
  if (error instanceof Problem) return [t(error.title), ''];
  return [error instanceof Error ? error.message : t(say.failed), ''];
}
