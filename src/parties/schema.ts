import { defineEntity, p } from '@mikro-orm/postgresql';
import { bytes, instant } from '../kernel/columns.ts';
import type { CodeField } from '../sealing/certificate.ts';
import type { Suite } from '../sealing/scheme.ts';

const OrganisationSchema = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  properties: {
    id: p.uuid().primary(),
    /** unified social credit code (GB 32100) */
    code: p.string().length(18).unique(),
    name: p.string().length(200),
    nameEn: p.string().length(200).nullable(),
    /** what it may be on the platform: bidder, tenderee, agent, regulator, centre, trustee, bank */
    kinds: p.array(),
    region: p.string().length(6),
    legalRepresentative: p.string().length(100),
    address: p.string().length(300).nullable(),
    phone: p.string().length(40).nullable(),
    registeredAt: instant(),
  },
});
export class Organisation extends OrganisationSchema.class {}
OrganisationSchema.setClass(Organisation);

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'platform_user',
  properties: {
    id: p.uuid().primary(),
    login: p.string().length(64).unique(),
    name: p.string().length(100),
    passwordHash: p.text(),
    totpSecret: p.text().nullable(),
    /** a secret shown to the user but not yet confirmed by a code; it opens nothing */
    totpProposed: p.text().nullable(),
    /** last accepted TOTP step, so that one code opens one session only */
    totpStep: p.bigint().nullable(),
    phone: p.string().length(40).nullable(),
    blocked: p.boolean().default(false),
    /** sandbox only: the password that the sign-in page offers to everybody for this demonstration account */
    demonstrationPassword: p.string().length(64).nullable(),
    createdAt: instant(),
  },
});
export class User extends UserSchema.class {}
UserSchema.setClass(User);

const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.uuid().primary(),
    user: p.uuid().index(),
    /** null for experts, who act for themselves */
    organisation: p.uuid().nullable(),
    role: p.string().length(20),
    /** expert record id for the role `expert` */
    expert: p.uuid().nullable(),
    /** regulators see their region and below */
    region: p.string().length(6).nullable(),
  },
  uniques: [{ name: 'membership_once', properties: ['user', 'organisation', 'role'] }],
});
export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership);

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    /** SHA-256 of the token; the token itself is never stored */
    id: bytes().primary(),
    user: p.uuid().index(),
    membership: p.uuid(),
    csrf: p.string().length(64),
    /** wall-clock times of the machine, not of a sandbox: a sped-up clock must not sign people out */
    openedAt: instant(),
    /** the last request, to the minute */
    seenAt: instant(),
    expiresAt: instant(),
    address: p.string().length(64).nullable(),
    /** `elsewhere`: its user signed in on another device while it may work in one session only; such a session opens nothing */
    endedFor: p.string().length(12).nullable(),
  },
});
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);

/** A try to sign in that has not succeeded. The login is kept as a digest: people type passwords into the wrong field. */
const SignInTrySchema = defineEntity({
  name: 'SignInTry',
  tableName: 'sign_in_try',
  properties: {
    id: p.uuid().primary(),
    /** SHA-256 of login and, where the user has signed in from this address before, the address */
    bucket: bytes().index(),
    /** wall-clock time, like a session's */
    at: instant().index(),
  },
});
export class SignInTry extends SignInTrySchema.class {}
SignInTrySchema.setClass(SignInTry);

/** Addresses from which a user has signed in: guesses made elsewhere must not lock him out here. */
const KnownAddressSchema = defineEntity({
  name: 'KnownAddress',
  tableName: 'known_address',
  properties: { user: p.uuid().primary(), address: p.string().length(64).primary(), lastAt: instant() },
});
export class KnownAddress extends KnownAddressSchema.class {}
KnownAddressSchema.setClass(KnownAddress);

const CertificateSchema = defineEntity({
  name: 'Certificate',
  tableName: 'certificate',
  properties: {
    serial: p.string().length(64).primary(),
    /** of its key and of the authority above it: `international` (RSA, ECDSA) or `sm` (SM2) */
    suite: p.string().length(16).$type<Suite>().default('international'),
    /** organisation code, or the user's id for a person's certificate */
    holder: p.string().length(64).index(),
    user: p.uuid().nullable(),
    subject: p.string().length(300),
    fingerprint: p.string().length(64),
    pem: p.text(),
    notBefore: instant(),
    notAfter: instant(),
    revokedAt: instant().nullable(),
    revokedFor: p.string().length(200).nullable(),
    /** from here on nothing new is signed with it: the end of the overlap after it was renewed */
    supersededAt: instant().nullable(),
    supersededBy: p.string().length(64).nullable(),
    /** the outside authority that issued it, and the fingerprint of its issuer's certificate; null for our own */
    authority: p.uuid().nullable(),
    issuer: p.string().length(64).nullable(),
  },
});
export class Certificate extends CertificateSchema.class {}
CertificateSchema.setClass(Certificate);

/** A time during which a certificate was on hold; kept when it is over, because the deadline of a bid may lie in it. */
const CertificateHoldSchema = defineEntity({
  name: 'CertificateHold',
  tableName: 'certificate_hold',
  properties: {
    id: p.uuid().primary(),
    certificate: p.string().length(64).index(),
    from: instant(),
    until: instant().nullable(),
    /** the administrator's hold is lifted by the administrator alone */
    byAdministrator: p.boolean(),
  },
  uniques: [
    {
      name: 'one_hold_at_a_time',
      expression: `create unique index "one_hold_at_a_time" on "certificate_hold" ("certificate") where until is null`,
    },
  ],
});
export class CertificateHold extends CertificateHoldSchema.class {}
CertificateHoldSchema.setClass(CertificateHold);

/** An authority of somebody else whose certificates are taken here. Retired, it stays for what was signed before. */
const TrustedAuthoritySchema = defineEntity({
  name: 'TrustedAuthority',
  tableName: 'trusted_authority',
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(200),
    /** root first, then what it issued to itself */
    pem: p.text(),
    /** of the root */
    fingerprint: p.string().length(64).unique(),
    suite: p.string().length(16).$type<Suite>(),
    field: p.json().$type<CodeField>(),
    trustedAt: instant(),
    retiredAt: instant().nullable(),
    retiredFor: p.string().length(500).nullable(),
  },
});
export class TrustedAuthority extends TrustedAuthoritySchema.class {}
TrustedAuthoritySchema.setClass(TrustedAuthority);

/** A revocation list that an outside authority published, as it was taken. */
const AuthorityListSchema = defineEntity({
  name: 'AuthorityList',
  tableName: 'authority_list',
  properties: {
    /** fingerprint of the certificate that signed it */
    issuer: p.string().length(64).primary(),
    /** CRL number, decimal */
    number: p.string().length(64).primary(),
    authority: p.uuid().index(),
    thisUpdate: instant(),
    nextUpdate: instant(),
    sha256: p.string().length(43),
    der: bytes(),
    takenAt: instant(),
  },
});
export class AuthorityList extends AuthorityListSchema.class {}
AuthorityListSchema.setClass(AuthorityList);

/** Whom an organisation declared to control, or to be controlled by; it stands until withdrawn. */
const ControlDeclarationSchema = defineEntity({
  name: 'ControlDeclaration',
  tableName: 'control_declaration',
  properties: {
    id: p.uuid().primary(),
    /** code of the organisation that declares */
    organisation: p.string().length(18).index(),
    /** code of the other; it need not be registered here */
    other: p.string().length(18).index(),
    otherName: p.string().length(200),
    /** `controls` or `controlled-by`, as seen from the organisation that declares */
    relation: p.string().length(16),
    declaredAt: instant(),
    withdrawnAt: instant().nullable(),
  },
});
export class ControlDeclaration extends ControlDeclarationSchema.class {}
ControlDeclarationSchema.setClass(ControlDeclaration);

export const partiesEntities = [
  Organisation,
  User,
  Membership,
  Session,
  SignInTry,
  KnownAddress,
  Certificate,
  CertificateHold,
  TrustedAuthority,
  AuthorityList,
  ControlDeclaration,
];
