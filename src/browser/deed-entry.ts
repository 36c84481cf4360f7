import { type Acceptance, deedShape } from '../contracts/deed.ts';
import { signsForm } from './signing-form.ts';

/** A side of a contract signs its text here: the very text the page shows, read by its shape before the key works. */
const deed = document.querySelector<HTMLElement>('[data-deed]');
signsForm(deed, () => deedShape.parse(JSON.parse(deed?.dataset.deed ?? '')));

/** Each milestone that waits for its inspection has a form of its own, signed by the tenderee. */
for (const inspection of document.querySelectorAll<HTMLElement>('[data-inspection]'))
  signsForm(inspection, (form, at): Acceptance => {
    const { lot = '', contract = '', milestone = '' } = inspection.dataset;
    return {
      format: 'yangguang/acceptance/v1',
      lot,
      contract,
      milestone: Number(milestone),
      passed: form.text('passed') === 'yes',
      opinion: form.text('opinion'),
      people: form.text('people'),
      at,
    };
  });
