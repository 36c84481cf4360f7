/** Everyone who can act. A user holds a role *for* an organisation; `system` is the platform's own clockwork, `public` is anyone. */
export const roles = [
  'bidder',
  'agent',
  'tenderee',
  'expert',
  'regulator',
  'centre',
  'administrator',
  'trustee',
  'bank',
  'system',
  'public',
] as const;
export type Role = (typeof roles)[number];

/** Who acts: one user, in one role, for one organisation. Experts act for themselves (`expert` is their record's id). */
export interface Actor {
  readonly user: string | null;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string | null;
  /** unified social credit code of the organisation acted for */
  readonly code: string | null;
  readonly organisationName: string | null;
  readonly expert: string | null;
  /** network address, kept with the act (Order 20 art. 49: time, address and person of every operation) */
  readonly address: string | null;
}

const nobody = { user: null, organisation: null, code: null, organisationName: null, expert: null, address: null } as const;
export const thePublic: Actor = { ...nobody, name: '公众', role: 'public' };
export const theSystem: Actor = { ...nobody, name: '平台时钟', role: 'system' };
