import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant, text } from '../kernel/columns.ts';

const ExpertSchema = defineEntity({
  name: 'Expert',
  tableName: 'expert',
  indexes: [
    { properties: ['branches'], type: 'gin' },
    { properties: ['memberships'], type: 'gin' },
  ],
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(100),
    /** code and name of the present employer */
    employer: p.string().length(18).index(),
    employerName: p.string().length(200),
    /** [{ code, name, from, until }] of the last three years */
    formerEmployers: p.json(),
    /** codes of the expert classification (2018), e.g. A080301 */
    specialties: p.array(),
    /** lines the expert may sit for */
    memberships: p.array(),
    region: p.string().length(6),
    title: p.string().length(40),
    phone: p.string().length(40).nullable(),
    /** `normal`, `suspended`, `left`, `removed` */
    status: p.string().length(12),
    /** codes of organisations the expert declared an interest or relative in */
    interests: p.array(),
    /** codes of organisations headed by, or employing, a close relative */
    relatives: p.array(),
    /** numbers of projects whose documents the expert helped to prepare */
    prepared: p.array(),
    penalised: p.boolean().default(false),
    bannedUntil: p.string().length(10).nullable(),
    admittedAt: instant(),
    /** the specialties and everything above them in the tree; kept by the database (migration 0050) */
    branches: p.array().nullable(),
    /** canonical JSON of what a commitment binds; kept by the database */
    identity: text().nullable(),
  },
});
export class Expert extends ExpertSchema.class {}
ExpertSchema.setClass(Expert);

/** One called or standing-by expert of one draw. */
const DrawSeatSchema = defineEntity({
  name: 'DrawSeat',
  tableName: 'draw_seat',
  properties: {
    id: p.uuid().primary(),
    request: p.uuid().index(),
    lot: p.uuid().index(),
    specialty: p.string().length(20),
    expert: p.uuid().index(),
    commitment: p.string().length(43),
    /** place in the ticket order of its seat, from 0 */
    place: p.integer(),
    /** `standby`, `called`, `accepted`, `declined`; `void` when another draw took the place of this one */
    state: p.string().length(12),
    /** the how-manieth call of the lot this was, from 1: it gives the expert the letter under which everyone sees it */
    call: p.integer().nullable(),
    calledAt: instant().nullable(),
    answerUntil: instant().nullable(),
    answeredAt: instant().nullable(),
    ground: p.string().length(200).nullable(),
    /** the identity that the commitment binds, as it was when the draw was asked for; published with the salt */
    record: p.json().$type<object>().nullable(),
  },
});
export class DrawSeat extends DrawSeatSchema.class {}
DrawSeatSchema.setClass(DrawSeat);

/** An entry of the classification of experts that an administrator added to what is shipped (classification.ts). */
const SpecialtySchema = defineEntity({
  name: 'Specialty',
  tableName: 'specialty',
  properties: {
    code: p.string().length(7).primary(),
    zh: p.string().length(100),
    en: p.string().length(200),
    /** of the official text it was taken from */
    version: p.string().length(20),
    importedAt: instant(),
  },
});
export class Specialty extends SpecialtySchema.class {}
SpecialtySchema.setClass(Specialty);

export const expertsEntities = [Expert, DrawSeat, Specialty];
