import { z } from 'zod';
import { instantField } from '../kernel/clock-fields.ts';
import { type DayString, parseDay } from '../kernel/working-days.ts';
import { plainCode } from '../parties/code.ts';
import { bankAccountField, emailField, phoneField, residentNumberField } from '../parties/person.ts';
import { isRegion } from '../parties/region.ts';
import { poolLines } from './admission.ts';
import { statuses } from './standing.ts';

/** What is known of an expert of the pool (rules/domain XP-4 to XP-7), as it is entered. */

const parted = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((part) => part !== '');

/** A list as a program sends it, or as a form writes it: ticked, or separated by commas, blanks or line ends, or both under one name. */
const listed = <T>(item: z.ZodType<T>, most: number) =>
  z.preprocess(
    (given) =>
      typeof given === 'string'
        ? parted(given)
        : Array.isArray(given)
          ? given.flatMap((each) => (typeof each === 'string' ? parted(each) : [each]))
          : given,
    z.array(item).max(most),
  );

export const organisationCode = z
  .string()
  .max(60)
  .transform(plainCode)
  .pipe(z.string().length(18, '统一社会信用代码为18位。 | A code has 18 characters.'));
/** A day, as forms and programs write it. */
export const requiredDay = z.string().transform((text, context): DayString => {
  const day = parseDay(text);
  if (day !== undefined) return day;
  context.addIssue({ code: 'custom', message: '请填写日期，如 2026-12-20。 | A date such as 2026-12-20.' });
  return z.NEVER;
});

/** A day that may be left out. */
export const optionalDay = z.preprocess((given) => (given === '' || given === undefined ? null : given), requiredDay.nullable());

/** A field that may be left empty. */
export const orNone = (field: z.ZodType<string>) =>
  z.preprocess((given) => (given === '' || given === null ? undefined : given), field.optional());

/** A code of the expert classification (发改法规〔2018〕316号): class, then up to three levels of two digits, e.g. A08 or A080301. */
const specialty = z.string().regex(/^[ABC]\d{2}(\d{2}){0,2}$/, '专业代码如 A08、A080301。 | A specialty is a code such as A08 or A080301.');

export const specialtiesField = listed(specialty, 20).pipe(z.array(z.string()).min(1, '至少填写一个专业。 | At least one specialty.'));

/** Where a person works, and as what. */
export const employerFields = {
  employer: organisationCode,
  employerName: z.string().trim().min(1).max(200),
  region: z.string().refine(isRegion, '请填写行政区划代码。 | A region code of GB/T 2260.'),
  title: z.string().trim().min(1).max(40),
};

export const expertFields = z.object({
  name: z.string().trim().min(1).max(100),
  ...employerFields,
  /** those left within the years in which they still bind; `until` is the last day there, null while it lasts */
  formerEmployers: z
    .array(z.object({ code: organisationCode, name: z.string().trim().max(200).optional(), until: optionalDay }))
    .max(20)
    .optional(),
  specialties: specialtiesField,
  /** lines of trade the expert may sit for */
  memberships: listed(
    z.string().refine((id) => poolLines().some((line) => line.id === id), '没有这一交易类别。 | There is no such line of trade.'),
    10,
  ).pipe(z.array(z.string()).min(1)),
  idNumber: orNone(residentNumberField),
  phone: orNone(phoneField),
  bankAccount: orNone(bankAccountField),
  email: orNone(emailField),
  status: z.enum(statuses).optional(),
  /** codes of organisations in which the expert declared an economic interest */
  interests: listed(organisationCode, 50).optional(),
  /** codes of organisations headed by, or employing, a close relative */
  relatives: listed(organisationCode, 50).optional(),
  /** numbers of projects whose documents the expert helped to prepare */
  prepared: listed(z.string().max(40), 50).optional(),
  penalised: z.boolean().optional(),
  bannedUntil: optionalDay.optional(),
  /** when the pool took the expert in; now when left out */
  admittedAt: instantField.optional(),
  /** the last day of the term, where an older pool gave one */
  termUntil: optionalDay.optional(),
  /** an account to sign in with; without one the expert cannot answer a call here */
  login: z.string().trim().max(64).optional(),
  password: z.string().max(512).optional(),
  /** only the platform itself: the password is shown to everybody on a sandbox's sign-in page */
  demonstration: z.boolean().optional(),
});
export type ExpertFields = z.infer<typeof expertFields>;

/** A name of which only the family name is shown: 张三 → 张*. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = name;
  return `${first}${'*'.repeat(Math.max(1, rest.length))}`;
}
