import type { Finding } from '../bids/findings.ts';
import type { OwnBids } from '../bids/reads.ts';
import { dossierFindings, type FieldOffer, type LastingDays, lastingDays, type Offer, offersFor, standingFor } from '../dossier/offers.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import type { BidForm } from './bid-form.ts';
import { serverNow } from './clock.ts';
import { element, maybe, Trouble } from './desk-parts.ts';
import { t } from './page-words.ts';
import { ask } from './platform.ts';

const say = {
  offers: { zh: '从单位档案填入（{n}）', en: 'From your dossier ({n})' },
  take: { zh: '填入', en: 'Take' },
  taken: { zh: '已填入', en: 'taken' },
  expired: { zh: '投标截止日已过期，不能填入', en: 'has run out on the day of the deadline' },
  ends: { zh: '有效期至 {until}，早于投标有效期', en: 'valid until {until}, while the bid is valid longer' },
};

export interface DossierDesk {
  /** what the check says of what was taken; asks the dossier anew, so that nothing old is sealed */
  findings(): Promise<readonly Finding[]>;
}

/** Offers what the bidder keeps in its dossier beside the fields it answers. Nothing is put in but by a press, and the platform is not told for which lot. */
export async function openDossier(form: BidForm, desk: () => OwnBids, changed: () => void): Promise<DossierDesk> {
  let offers: readonly Offer[] = [];
  const read = async (): Promise<void> => {
    offers = (await ask<{ offers: readonly Offer[] }>('/dossier/offers')).offers;
  };
  const days = (): LastingDays => {
    const { lot, terms } = desk();
    return lastingDays(dayOf(lot.deadline ?? (serverNow() as Instant)), terms.bidValidityDays);
  };

  function show(): void {
    for (const field of desk().terms.bidForm) {
      const place = maybe(`[data-dossier-offers="${CSS.escape(field.key)}"]`);
      const found = place ? offersFor(field, offers) : [];
      if (!place || found.length === 0) continue;
      const list = element('ul', { class: 'plain' }, ...found.map((each) => line(field.key, each)));
      place.replaceChildren(element('details', {}, element('summary', { class: 'sub' }, t(say.offers, { n: found.length })), list));
      place.hidden = false;
    }
  }

  function line(field: string, each: FieldOffer): HTMLElement {
    const { offer, document } = each;
    const standing = standingFor(offer, days());
    const name = document ? `${offer.title} · ${document.name}` : [offer.title, ...Object.values(each.values)].join(' · ');
    const said = element('span', { class: 'sub' }, '');
    if (standing !== 'good') said.textContent = t(say[standing], { until: offer.validUntil ?? '' });
    const button = element('button', { class: 'btn btn-sm', type: 'button', 'data-take': offer.entry }, t(say.take));
    button.disabled = standing === 'expired';
    button.addEventListener('click', () => {
      void take(field, each).then(
        () => {
          said.textContent = t(say.taken);
        },
        (error: unknown) => {
          said.textContent = error instanceof Trouble ? t(error.title) : String(error);
        },
      );
    });
    return element('li', {}, button, ` ${name} `, said);
  }

  async function take(field: string, { offer, values, document }: FieldOffer): Promise<void> {
    const { entry, version, sha256 } = offer;
    const file = document && (await fetched(entry, document));
    await form.take({ field, entry, version, sha256, values, file: file && { name: file.name, bytes: file.size } }, file);
    changed();
  }

  // without its dossier a bidder fills the form by hand, as before
  await read().then(show, () => undefined);
  return {
    async findings() {
      const pins = form.entered().bid.dossier ?? [];
      if (pins.length === 0) return [];
      await read().catch(() => undefined);
      return dossierFindings(pins, offers, days());
    },
  };
}

/** A file of one's own dossier; the digest that was vouched for is taken again here. */
async function fetched(entry: string, { name, sha256 }: Offer['documents'][number]): Promise<File> {
  const answer = await fetch(`/api/dossier/entries/${entry}/documents/${sha256}`, { cache: 'no-store' });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (!answer.ok || base64url(digest) !== sha256)
    throw new Trouble(
      { zh: '档案附件没有取到，或者与确认时的内容不同。', en: 'The file did not come, or is not the one that was vouched for.' },
      { zh: '表单没有改动。', en: 'Nothing in the form was changed.' },
      { zh: '请重试，或直接选择文件。', en: 'Try again, or choose the file by hand.' },
    );
  return new File([bytes], name, { type: answer.headers.get('content-type') ?? '' });
}
