import { base64, canonicalBytes } from '../kernel/bytes.ts';
import { type Instant, parseInstant } from '../kernel/clock.ts';
import type { HallStatement } from '../openings/hall-statement.ts';
import type { LayerDispute } from '../openings/layer.ts';
import { signDetached } from '../sealing/signature.ts';
import { serverNow } from './clock.ts';
import { openCopyDesk } from './copy-desk.ts';
import { besideForms } from './hall-forms.ts';
import { openLayerDesk } from './layer-desk.ts';
import { signerChoice } from './signer.ts';

/**
 * A bidder signs in the hall: that it is there, that it confirms the record, that it objects. The forms move with the hall and are made anew at any
 * moment; the choice of a key stands still beside them, and is shown only while there is something to sign.
 */
const layerDesk = document.querySelector<HTMLElement>('[data-layer-desk]');
if (layerDesk) openLayerDesk(layerDesk);

const desk = document.querySelector<HTMLElement>('[data-hall-desk]');
const part = desk?.querySelector<HTMLElement>('[data-signer]');
if (desk && part) {
  const choice = signerChoice(part);
  const copies = document.querySelector<HTMLElement>('[data-copy-desk]');
  if (copies) openCopyDesk(copies, choice);
  const sign = async (form: HTMLFormElement, { dataset }: HTMLElement): Promise<void> => {
    const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
    const field = (name: string) => form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
    const at = parseInstant(serverNow());
    const [signature, moment] = [field('signature'), field('at')];
    if (at === undefined || !signature || !moment || button?.disabled) return;
    if (button) button.disabled = true;
    try {
      const signer = await (await choice).signer();
      if (signer === null) return desk.scrollIntoView({ block: 'nearest' });
      const statement = statementOf(dataset, (field('text')?.value ?? '').trim(), at);
      moment.value = at;
      signature.value = base64(await signDetached(canonicalBytes(statement), signer, at));
      form.submit();
    } finally {
      if (button) button.disabled = false;
    }
  };
  besideForms(desk, { shownFor: '[data-hall-signs], [data-hall-key]', holders: '[data-hall-signs]' }, sign);
}

function statementOf(
  { hallSigns, lot = '', part: of = '', bidder = '', root = '', record = '', submission = '' }: DOMStringMap,
  text: string,
  at: Instant,
) {
  const head = { lot, part: of as HallStatement['part'], bidder, at };
  const statements: Readonly<Record<string, HallStatement | LayerDispute>> = {
    attendance: { format: 'yangguang/attendance/v1', ...head, root },
    'record-confirmation': { format: 'yangguang/record-confirmation/v1', ...head, record },
    'layer-dispute': { format: 'yangguang/layer-dispute/v1', lot, submission, bidder, text, at },
    'record-objection': { format: 'yangguang/record-objection/v1', ...head, record, text },
  };
  const found = statements[hallSigns ?? ''];
  if (found === undefined) throw new Error(`nothing is signed as ${hallSigns}`);
  return found;
}
