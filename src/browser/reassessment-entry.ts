import { reassessmentStatement } from '../evaluation/reassessment-statement.ts';
import { type ReopeningGround, takesReference } from '../evaluation/reopening.ts';
import { signsForm } from './signing-form.ts';

/** Whoever orders a signed evaluation to be done again signs the order here. */
const order = document.querySelector<HTMLElement>('[data-reassessment]');
signsForm(order, (form, at) => {
  const { lot = '', version = '', was = '', by = '', holder = '' } = order?.dataset ?? {};
  const ground = form.text('ground') as ReopeningGround;
  return reassessmentStatement({
    lot,
    version: Number(version),
    was,
    ground,
    reference: takesReference(ground) ? form.text('reference') : null,
    explanation: form.text('explanation'),
    bids: form.ticked('bids'),
    items: form.ticked('items'),
    criteria: form.ticked('criteria'),
    by,
    signer: holder,
    at,
  });
});
