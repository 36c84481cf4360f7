import { partRefusal, partStatement } from '../evaluation/part-statement.ts';
import { reportStatement } from '../evaluation/report-statement.ts';
import { base64, canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import type { Part } from '../sealing/shapes.ts';
import { signDetached } from '../sealing/signature.ts';
import { type SignerChoice, signerChoice } from './signer.ts';

/** A member signs a result, or its reasons against one, with the key it chose on the page: the key works here, the form carries the finished signature. */
const part = document.querySelector<HTMLElement>('[data-report] [data-signer]');
if (part) {
  const choice = signerChoice(part);
  for (const report of document.querySelectorAll<HTMLElement>('[data-report]')) signsIn(report, part, choice);
}

function signsIn(report: HTMLElement, part: HTMLElement, choice: Promise<SignerChoice>): void {
  const form = report.querySelector('form');
  const field = form?.querySelector<HTMLInputElement>('input[name="signature"]');
  if (!form || !field) return;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void sign();
  });

  const sign = async (): Promise<void> => {
    const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
    const at = parseInstant(part.dataset.now ?? '');
    const signer = await (await choice).signer();
    if (signer === null || at === undefined) return;
    if (button) button.disabled = true;
    field.value = base64(await signDetached(canonicalBytes(statementOf(report, form)), signer, at));
    form.submit();
  };
}

function statementOf({ dataset }: HTMLElement, form: HTMLFormElement): object {
  const { lot = '', sha256 = '', member = '', part, refusal } = dataset;
  const written = (name: string): string => form.querySelector<HTMLTextAreaElement>(`[name="${name}"]`)?.value ?? '';
  if (part === undefined) {
    const dissent = written('dissent');
    return reportStatement(lot, sha256, member, dissent.trim() ? dissent : undefined);
  }
  if (refusal === undefined) return partStatement(lot, part as Part, sha256, member);
  return partRefusal(lot, part as Part, sha256, member, written('reason').trim());
}
