import { defineEntity, p } from '@mikro-orm/postgresql';
import { bytes, instant } from '../kernel/columns.ts';

const OrganisationSchema = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  properties: {
    id: p.uuid().primary(),
    /** unified social credit code (GB 32100) */
    code: p.string().length(18).unique(),
    name: p.string().length(200),
    nameEn: p.string().length(200).nullable(),
    /** what it may be on the platform: bidder, tenderee, agent, regulator, centre, trustee */
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
    /** last accepted TOTP step, so that one code opens one session only */
    totpStep: p.bigint().nullable(),
    phone: p.string().length(40).nullable(),
    blocked: p.boolean().default(false),
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
    expiresAt: instant(),
    address: p.string().length(64).nullable(),
  },
});
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);

const CertificateSchema = defineEntity({
  name: 'Certificate',
  tableName: 'certificate',
  properties: {
    serial: p.string().length(64).primary(),
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
  },
});
export class Certificate extends CertificateSchema.class {}
CertificateSchema.setClass(Certificate);

export const partiesEntities = [Organisation, User, Membership, Session, Certificate];
