import { readScore } from '../evaluation/mark.ts';
import { type SheetChanges, sheetChange } from '../evaluation/sheet-change.ts';
import { base64, canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { signDetached } from '../sealing/signature.ts';
import { serverNow } from './clock.ts';
import { maybe, one, tellIn } from './desk-parts.ts';
import { t } from './page-words.ts';
import { ask, Refused } from './platform.ts';
import { type Row, rowsIn } from './sheet-entries.ts';
import { signerChoice } from './signer.ts';

/** After the opening: what differs from the page is a change; each bears its reason, and its author signs all of them. */
const say = {
  none: { zh: '没有改动。', en: 'Nothing was changed.' },
  reason: { zh: '每处改动都须写明理由。', en: 'Each change needs its reason.' },
  score: { zh: '分值超出范围。', en: 'A mark is out of its range.' },
  offline: { zh: '没有连上平台，请稍后再试。', en: 'The platform could not be reached; try again.' },
} as const satisfies Readonly<Record<string, Words>>;

export function startChanges(root: DOMStringMap, part: string): void {
  const form = maybe<HTMLFormElement>('[data-change-form] form');
  if (!form) return;
  const wrong = one('[data-change-wrong]', form);
  const choice = signerChoice(one('[data-signer]', form));
  const sayWrong = (words: string): void => tellIn(wrong, words);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void sign();
  });

  async function sign(): Promise<void> {
    sayWrong('');
    const changes = changesIn(rowsIn(form as HTMLFormElement));
    const at = parseInstant(serverNow());
    if (typeof changes === 'string') return sayWrong(t(say[changes]));
    const button = one<HTMLButtonElement>('button[type="submit"]', form as HTMLFormElement);
    if (at === undefined || button.disabled) return;
    button.disabled = true;
    const { lot = '', seat: member = '', csrf = '' } = root;
    try {
      const signer = await (await choice).signer();
      if (signer === null) return;
      const statement = canonicalBytes(sheetChange({ lot, part, member, at }, changes));
      const signature = base64(await signDetached(statement, signer, at));
      await ask(`/lots/${lot}/sheet/changes`, { body: { ...changes, at, signature }, csrf });
      const here = new URL(location.href);
      here.searchParams.set('saved', '1');
      here.hash = '';
      location.assign(here);
    } catch (error) {
      sayWrong(error instanceof Refused ? t(error.says) : t(say.offline));
    } finally {
      button.disabled = false;
    }
  }
}

function changesIn(rows: readonly Row[]): SheetChanges | 'none' | 'reason' | 'score' {
  const verdicts: SheetChanges['verdicts'][number][] = [];
  const scores: SheetChanges['scores'][number][] = [];
  for (const { bid, of, kind, radios, score, reason } of rows) {
    const why = reason?.value.trim() ?? '';
    const newReason = why !== '' && why !== reason?.defaultValue.trim();
    if (kind === 'verdict') {
      const chosen = radios.find((radio) => radio.checked);
      const moved = chosen !== undefined && !chosen.defaultChecked;
      if (!chosen || (!moved && !newReason)) continue;
      if (why === '' || (moved && !newReason)) return 'reason';
      verdicts.push({ bid, item: of, pass: chosen.value === 'true', reason: why });
    } else {
      const moved = score?.value.trim() !== score?.defaultValue;
      if (!score || (!moved && !newReason)) continue;
      if (why === '') return 'reason';
      const given = readScore(score.value.trim(), score.placeholder.split('–')[1]?.trim() ?? '0');
      if (given === undefined) return 'score';
      scores.push({ bid, criterion: of, score: given, reason: why });
    }
  }
  return verdicts.length + scores.length === 0 ? 'none' : { verdicts, scores };
}
