import { partStatement } from '../evaluation/part-statement.ts';
import { reportStatement } from '../evaluation/report-statement.ts';
import { base64, canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import type { Part } from '../sealing/shapes.ts';
import { signDetached } from '../sealing/signature.ts';
import { signerChoice } from './signer.ts';

/** A member signs the report: the key works here, the form carries the finished signature. */
const report = document.querySelector<HTMLElement>('[data-report]');
const form = report?.querySelector('form');
const part = report?.querySelector<HTMLElement>('[data-signer]');
const field = form?.querySelector<HTMLInputElement>('input[name="signature"]');
if (report && form && part && field) {
  const choice = signerChoice(part);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void sign();
  });

  const sign = async (): Promise<void> => {
    const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
    const { lot = '', sha256 = '', member = '', part: envelope } = report.dataset;
    const at = parseInstant(part.dataset.now ?? '');
    const signer = await (await choice).signer();
    if (signer === null || at === undefined) return;
    if (button) button.disabled = true;
    const dissent = form.querySelector<HTMLTextAreaElement>('[name="dissent"]')?.value;
    const statement =
      envelope === undefined
        ? reportStatement(lot, sha256, member, dissent?.trim() ? dissent : undefined)
        : partStatement(lot, envelope as Part, sha256, member);
    field.value = base64(await signDetached(canonicalBytes(statement), signer, at));
    form.submit();
  };
}
