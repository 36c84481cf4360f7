import { type Confirmation, confirmationShape, readReference } from '../dossier/entry.ts';
import { signsForm } from './signing-form.ts';

/** An organisation vouches here for the entries that are ticked: for their digests, over the texts the page shows. */
const holder = document.querySelector<HTMLElement>('[data-dossier-confirmation]');
signsForm(
  holder,
  (form, at): Confirmation =>
    confirmationShape.parse({
      format: 'yangguang/dossier-confirmation/v1',
      organisation: holder?.dataset.organisation ?? '',
      entries: form.ticked('entries').map(readReference),
      at,
    }),
);
