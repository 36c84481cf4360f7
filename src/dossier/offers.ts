import type { Finding } from '../bids/findings.ts';
import { addDays, type DayString } from '../kernel/working-days.ts';
import { agreementKey } from '../tenders/joint.ts';
import type { BidField } from '../tenders/line.ts';
import type { OffersAnswer } from './answers.ts';
import { expiredOn } from './entry.ts';

/**
 * What of a bidder's own dossier may answer a field of a bid form: offered to be chosen, and never put in unasked. Worked out in the bidder's browser, for
 * which lot it is being readied the platform is not asked. Pure.
 */
export type Offer = OffersAnswer['offers'][number];

export interface FieldOffer {
  readonly offer: Offer;
  /** by input name of the form */
  readonly values: Readonly<Record<string, string>>;
  readonly document: Offer['documents'][number] | null;
}

type Field = Pick<BidField, 'key' | 'kind' | 'part' | 'label' | 'options' | 'accept'>;

const answers: Readonly<Record<BidField['kind'], (field: Field, offer: Offer) => readonly FieldOffer[]>> = {
  money: () => [],
  days: () => [],
  table: () => [],
  person: ({ key }, offer) => {
    const { name = '', number = '' } = offer.fields;
    return offer.kind === 'person' ? [{ offer, values: { [`${key}.name`]: name, [`${key}.number`]: number }, document: null }] : [];
  },
  text: ({ key }, offer) =>
    offer.kind === 'declaration' && offer.fields.text ? [{ offer, values: { [key]: offer.fields.text }, document: null }] : [],
  choice: ({ key, options = [] }, offer) => {
    const said = offer.kind === 'declaration' ? offer.fields.text : undefined;
    const found = options.find(({ value, label }) => [value, label.zh, label.en].some((each) => each === said));
    return found ? [{ offer, values: { [key]: found.value }, document: null }] : [];
  },
  file: (field, offer) => {
    const agreement = field.key === agreementKey;
    if (agreement !== (offer.kind === 'joint') || field.part !== 'qualification') return [];
    const { accept } = field;
    const fits = (name: string): boolean => accept === undefined || accept.some((ending) => name.toLowerCase().endsWith(ending));
    return offer.documents.filter(({ name }) => fits(name)).map((document) => ({ offer, values: {}, document }));
  },
};

/** What answers a field; an entry that bears the field's own name first. */
export function offersFor(field: Field, offers: readonly Offer[]): readonly FieldOffer[] {
  const named = (offer: Offer): boolean => [field.label.zh, field.label.en].includes(offer.title);
  const found = offers.flatMap((offer) => answers[field.kind](field, offer));
  return [...found.filter(({ offer }) => named(offer)), ...found.filter(({ offer }) => !named(offer))];
}

/** The days that what is taken must last: the day of the deadline, and the last one on which the bid is valid. */
export interface LastingDays {
  readonly deadline: DayString;
  readonly validity: DayString;
}
export const lastingDays = (deadline: DayString, bidValidityDays: number): LastingDays => ({
  deadline,
  validity: addDays(deadline, bidValidityDays),
});

/** An entry that has run out on the day of the deadline is not taken; one that runs out while the bid is valid is told. */
export const standingFor = ({ validUntil }: Pick<Offer, 'validUntil'>, days: LastingDays): 'good' | 'ends' | 'expired' =>
  expiredOn(validUntil, days.deadline) ? 'expired' : expiredOn(validUntil, days.validity) ? 'ends' : 'good';

interface Pinned {
  readonly field: string;
  readonly entry: string;
  readonly sha256: string;
}

/** What the check says of what was taken: by now expired, no longer vouched for, or about to run out. */
export function dossierFindings(pins: readonly Pinned[], offers: readonly Offer[], days: LastingDays): readonly Finding[] {
  return pins.flatMap(({ field, entry, sha256 }): Finding[] => {
    const offer = offers.find((each) => each.entry === entry);
    if (!offer || offer.sha256 !== sha256) return [{ weight: 'doubt', field, says: changed }];
    const standing = standingFor(offer, days);
    const until = offer.validUntil ?? '';
    if (standing === 'expired')
      return [
        {
          weight: 'wrong',
          field,
          says: {
            zh: `取自单位档案的“${offer.title}”在投标截止日已过期（有效期至 ${until}）。`,
            en: `“${offer.title}” from the dossier has run out on the day of the deadline (valid until ${until}).`,
          },
        },
      ];
    if (standing === 'good') return [];
    const says = {
      zh: `取自单位档案的“${offer.title}”将在投标有效期内到期（${until}）。`,
      en: `“${offer.title}” from the dossier runs out while the bid is valid (${until}).`,
    };
    return [{ weight: 'doubt', field, says }];
  });
}

const changed = {
  zh: '取自单位档案的内容已有更新或已停用，请核对是否重新选用。',
  en: 'What was taken from the dossier says something newer by now, or is kept no longer: see whether to take it again.',
};
