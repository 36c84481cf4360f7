import { z } from 'zod';
import type { Words } from '../kernel/words.ts';
import type { UniformKeyOf } from '../rulebook/parameters.ts';
import type { Draft } from './draft.ts';
import type { LineEdition } from './line.ts';

/** What a bid security may be: money from the bidder to its own account number, or a guarantee of an issuer. */
export const securityForms = ['transfer', 'guarantee'] as const;
export type SecurityForm = (typeof securityForms)[number];

/** Ways to lodge it that a draft may choose; empty: as the documents say, outside the platform. */
export const securityWays = ['platform'] as const;

/** On which ground a security is kept (不予退还). The list of a line is closed. */
export interface ForfeitGround {
  readonly id: string;
  readonly says: Words;
  readonly source: Words;
  /** whom it may befall: the winner alone, or any bidder whose bid was opened */
  readonly of: 'winner' | 'bidder';
}

/** How a line of trade deals with bid securities that are lodged with the platform. Caps stand with the rules of the notice, time limits with the limits. */
export interface SecurityPlan {
  /** what the cap is a share of, in the words of the line */
  readonly base: Words;
  readonly forms: readonly SecurityForm[];
  /** money counts from the bidder's basic account alone, or from any account in its name */
  readonly payer: 'basic' | 'own';
  readonly payerSource: Words;
  /** the item of the review by which a bid without a security fails */
  readonly item: string;
  /** from when those who did not win get it back */
  readonly losersFrom: 'notice' | 'contract';
  /** the rate that money bears while it is held; null: none */
  readonly interest: UniformKeyOf<'ratio'> | null;
  /** what a delay costs beside; null: nothing that the law fixes */
  readonly late: { readonly loan: UniformKeyOf<'ratio'>; readonly factor: UniformKeyOf<'ratio'> } | null;
  readonly forfeits: readonly ForfeitGround[];
}

/** What a notice says of securities that are lodged with the platform. */
export const lodgingShape = z.object({ forms: z.array(z.enum(securityForms)).min(1), payer: z.enum(['basic', 'own']), item: z.string() });
export type Lodging = z.infer<typeof lodgingShape>;

/** The lodging of a draft; undefined where none is asked for, or none with the platform. */
export function lodgingOf({ security: plan }: LineEdition, draft: Draft): Lodging | undefined {
  if (!plan || draft.securityWay !== 'platform' || draft.security === null) return undefined;
  return { forms: [...plan.forms], payer: plan.payer, item: plan.item };
}
