import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { Fen } from '../kernel/money.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import { addDays, type DayString, dayOf } from '../kernel/working-days.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { guaranteeEndsEarly, guaranteeTooLow } from './problems.ts';

/** What a guarantee says, as its issuer writes it in a file that can be checked by a program. */
export const guaranteeShape = z.strictObject({
  format: z.literal('yangguang/guarantee/v1'),
  number: z.string().min(1).max(80),
  issuer: z.string().min(2).max(200),
  /** number of the lot, and codes of who is protected and of who is answered for */
  lot: z.string().max(60),
  beneficiary: z.string().length(18),
  principal: z.string().length(18),
  amount: z.string().regex(/^\d+\.\d{2}$/),
  validUntil: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});
export type GuaranteeText = z.infer<typeof guaranteeShape>;

/** `signed`: by an issuer of the register, and the file says what was declared; `differs`: signed, but it says something else; `unchecked`: the panel looks at it. */
export type GuaranteeVerdict = { readonly state: 'signed'; readonly issuer: string } | { readonly state: 'differs' | 'unchecked' };

/** How a guarantee is checked. Issuers that answer questions on line would be a second way; whoever adds one adds it to the list below. */
export interface GuaranteeVerifier {
  readonly id: string;
  verify(given: GivenGuarantee, issuers: readonly TrustedIssuer[], at: Instant): Promise<GuaranteeVerdict>;
}

export interface GivenGuarantee {
  readonly file: Uint8Array;
  /** detached CMS over the file; null without one */
  readonly signature: Uint8Array | null;
  /** what the file must say */
  readonly expected: Omit<GuaranteeText, 'format' | 'issuer'>;
}

export interface TrustedIssuer {
  readonly name: string;
  readonly certificates: readonly Certificate[];
}

/** The issuer's own signature over the file, by a certificate that leads to one of the register. */
export const signatureVerifier: GuaranteeVerifier = {
  id: 'cms',
  async verify({ file, signature, expected }, issuers, at) {
    if (signature === null) return { state: 'unchecked' };
    for (const { name, certificates } of issuers) {
      const verdict = await verifyDetached(signature, file, { anchors: certificates, at });
      if (!verdict.ok) continue;
      const said = guaranteeShape.safeParse(jsonIn(file));
      if (!said.success) return { state: 'unchecked' };
      const { number, lot, beneficiary, principal, amount, validUntil } = said.data;
      const same =
        number === expected.number &&
        lot === expected.lot &&
        beneficiary === expected.beneficiary &&
        principal === expected.principal &&
        amount === expected.amount &&
        validUntil === expected.validUntil;
      return same ? { state: 'signed', issuer: name } : { state: 'differs' };
    }
    return { state: 'unchecked' };
  },
};

export const guaranteeVerifiers: readonly GuaranteeVerifier[] = [signatureVerifier];

/** The first verifier that can tell anything; `unchecked` where none can. */
export async function checkedGuarantee(given: GivenGuarantee, issuers: readonly TrustedIssuer[], at: Instant): Promise<GuaranteeVerdict> {
  for (const verifier of guaranteeVerifiers) {
    const verdict = await verifier.verify(given, issuers, at);
    if (verdict.state !== 'unchecked') return verdict;
  }
  return { state: 'unchecked' };
}

function jsonIn(file: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file));
  } catch {
    return null; // a picture or a PDF: people read those
  }
}

/** The last day of bid validity: counted from the deadline. */
export const validityEnds = (deadline: Instant, days: number): DayString => addDays(dayOf(deadline), days);

interface GuaranteeFacts {
  readonly amount: Fen;
  readonly asked: Fen;
  readonly validUntil: string;
  readonly bidValidUntil: DayString;
}

export const guaranteeEnough: Rule<GuaranteeFacts> = rule({
  id: 'SEC-G1',
  acts: ['lodge-guarantee'],
  certainty: 'V',
  source: cite(tenderingRegulation, '26'),
  says: { zh: '保函金额不得少于招标文件要求的投标保证金。', en: 'A guarantee is of no less than the security that is asked for.' },
  problem: guaranteeTooLow,
  refuses: ({ amount, asked }) => amount < asked && { field: 'amount' },
});

export const guaranteeLongEnough: Rule<GuaranteeFacts> = rule({
  id: 'SEC-G2',
  acts: ['lodge-guarantee'],
  certainty: 'V',
  figures: ['con.bond.validity'],
  source: cite(tenderingRegulation, '26'),
  says: {
    zh: '保函有效期应当与投标有效期一致，不得早于投标有效期届满之日。',
    en: 'A guarantee is valid as long as the bid: it ends no earlier.',
  },
  problem: guaranteeEndsEarly,
  refuses: ({ validUntil, bidValidUntil }) => validUntil < bidValidUntil && { field: 'validUntil' },
});
