import { z } from 'zod';
import { type FieldProblem, problem } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';

/**
 * The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters = registering department, kind, six digits of
 * region (GB/T 2260), nine of organisation code (GB 11714) with its own check character, and one check character over all.
 * Two independent checks: a code may be right in one and wrong in the other, and the refusal says which.
 */
export type Code = string & { readonly __code: never };

/** Without I, O, S, V, Z, which are mistaken for digits. A character's value is its place. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

const weighed = (text: string, values: string, by: readonly number[]): number =>
  [...text].reduce((sum, character, at) => sum + values.indexOf(character) * (by[at] ?? 0), 0);

/** The 18th character for the first 17. */
export function codeCheck(first17: string): string {
  return alphabet.charAt((31 - (weighed(first17, alphabet, weights) % 31)) % 31);
}

/** The ninth character of an organisation code for its first eight: 10 is written X, 11 is written 0. */
export function organisationCheck(first8: string): string {
  const rest = 11 - (weighed(first8, organisationAlphabet, organisationWeights) % 11);
  return rest === 10 ? 'X' : String(rest % 11);
}

/** As typed: blanks and hyphens dropped, letters raised, full-width characters made plain. */
export const plainCode = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

export type CodeFault = 'length' | 'characters' | 'region' | 'organisation-check' | 'check';

/** What is wrong with a code, in words that say where; empty when nothing is. Both check characters are tried. */
export function faultsOfCode(text: string): readonly { readonly fault: CodeFault; readonly says: Words }[] {
  const code = plainCode(text);
  if (code.length !== 18)
    return [
      {
        fault: 'length',
        says: {
          zh: `统一社会信用代码为18位，现为${code.length}位。`,
          en: `A unified social credit code has 18 characters; this has ${code.length}.`,
        },
      },
    ];
  const stray = [...code].findIndex((character) => !alphabet.includes(character));
  if (stray >= 0)
    return [
      {
        fault: 'characters',
        says: {
          zh: `第${stray + 1}位“${code[stray]}”不是代码字符（不使用I、O、S、V、Z）。`,
          en: `Character ${stray + 1}, “${code[stray]}”, is not used in codes (nor are I, O, S, V, Z).`,
        },
      },
    ];
  const faults: { fault: CodeFault; says: Words }[] = [];
  if (!/^\d{6}$/.test(code.slice(2, 8)))
    faults.push({
      fault: 'region',
      says: { zh: '第3至8位应为六位行政区划数字。', en: 'Characters 3 to 8 are the six digits of a region.' },
    });
  if (organisationCheck(code.slice(8, 16)) !== code[16])
    faults.push({
      fault: 'organisation-check',
      says: {
        zh: '第17位（组织机构代码校验码，GB 11714）不正确，请核对第9至17位。',
        en: 'Character 17, the check character of the organisation code (GB 11714), is wrong: look at characters 9 to 17.',
      },
    });
  if (codeCheck(code.slice(0, 17)) !== code[17])
    faults.push({
      fault: 'check',
      says: {
        zh: '第18位（统一社会信用代码校验码，GB 32100）不正确，请核对全部字符。',
        en: 'Character 18, the check character of the whole code (GB 32100), is wrong: look at all characters.',
      },
    });
  return faults;
}

/** Reads a code; undefined when anything is wrong with it. */
export function parseCode(text: string): Code | undefined {
  return faultsOfCode(text).length === 0 ? (plainCode(text) as Code) : undefined;
}

/** The faults of a code beside their field. */
export const codeProblems = (text: string, path: string): readonly FieldProblem[] => faultsOfCode(text).map(({ says }) => ({ path, says }));

export const codeInvalid = problem('code-invalid', 'invalid', '统一社会信用代码不正确。', 'The unified social credit code is not right.');

/** A party's code is right in both of its check characters. */
export const codeIsRight: Rule<{ readonly code: string }> = rule({
  id: 'CODE-1',
  acts: ['register-organisation', 'declare-control'],
  certainty: 'V2',
  source: { zh: 'GB 32100-2015；GB 11714', en: 'GB 32100-2015; GB 11714' },
  says: { zh: '统一社会信用代码的两个校验码均应正确', en: 'both check characters of a unified social credit code are right' },
  problem: codeInvalid,
  refuses({ code }) {
    const faults = faultsOfCode(code);
    if (faults.length === 0) return false;
    return {
      field: 'code',
      says: { zh: faults.map(({ says }) => says.zh).join(''), en: faults.map(({ says }) => says.en).join(' ') },
    };
  },
});

/**
 * A made-up code for seeds and tests: `kind` 91 company, 11 authority, 12 public institution, 51 association.
 * `n` (below 1,000,000) numbers the organisations of a region. Both checks are right.
 */
export function makeCode(region: string, n: number, kind: '91' | '11' | '12' | '51' = '91'): Code {
  if (!/^\d{6}$/.test(region)) throw new RangeError(`'${region}' is not a region code`);
  if (!Number.isInteger(n) || n < 0 || n > 999_999) throw new RangeError('an organisation is numbered from 0 to 999,999');
  const body = `MA${String(n).padStart(6, '0')}`;
  const first17 = `${kind}${region}${body}${organisationCheck(body)}`;
  return `${first17}${codeCheck(first17)}` as Code;
}

/** Edge field: a code as typed in, the plain code out; every fault is said beside the field. */
export const codeField = /* @__PURE__ */ (() =>
  z
    .string()
    .max(60)
    .transform((text, context): Code => {
      const faults = faultsOfCode(text);
      for (const { says } of faults) context.addIssue({ code: 'custom', message: `${says.zh} | ${says.en}` });
      return faults.length === 0 ? (plainCode(text) as Code) : z.NEVER;
    }))();
