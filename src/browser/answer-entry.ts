import { type EnquiryAnswer, enquiryAnswerBytes, questionDigest } from '../evaluation/enquiry.ts';
import { base64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { signDetached } from '../sealing/signature.ts';
import { serverNow } from './clock.ts';
import { signerChoice } from './signer.ts';

/** A bidder signs its answer to the panel: the key works here, the form carries the finished signature. */
const part = document.querySelector<HTMLElement>('[data-answer-desk] [data-signer]');
if (part) {
  const choice = signerChoice(part);
  for (const holder of document.querySelectorAll<HTMLElement>('[data-answer]')) {
    const form = holder.querySelector('form');
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopPropagation();
      void sign(form, holder.dataset);
    });
  }

  const sign = async (form: HTMLFormElement, { lot = '', enquiry = '', bidder = '', question = '' }: DOMStringMap): Promise<void> => {
    const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
    const field = (name: string) => form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
    const [text, signature, moment] = [field('text'), field('signature'), field('at')];
    const at = parseInstant(serverNow());
    if (!text || !signature || !moment || at === undefined || button?.disabled) return;
    const confirmed = form.querySelector<HTMLInputElement>('[name="accepts"]:checked')?.value;
    if (button) button.disabled = true;
    try {
      const signer = await (await choice).signer();
      if (signer === null) return part.scrollIntoView({ block: 'nearest' });
      const answer: EnquiryAnswer = {
        format: 'yangguang/enquiry-answer/v1',
        lot,
        enquiry,
        question: questionDigest(question),
        bidder,
        accepts: confirmed === undefined ? null : confirmed === 'true',
        text: text.value,
        at,
      };
      moment.value = at;
      signature.value = base64(await signDetached(enquiryAnswerBytes(answer), signer, at));
      form.submit();
    } finally {
      if (button) button.disabled = false;
    }
  };
}
