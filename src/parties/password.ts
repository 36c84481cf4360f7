import { hash, verify } from '@node-rs/argon2';
import type { Problem } from '../kernel/problem.ts';
import { type Rule, refusalBy, rule } from '../kernel/rule.ts';
import { passwordRefused } from './problems.ts';

interface NewPassword {
  readonly password: string;
  readonly login: string;
  /** where the form shows the field */
  readonly field: string;
}

const source = {
  zh: '《电子招标投标办法》第23条、GB/T 22239—2019 8.1.4.1 身份鉴别',
  en: 'Order 20 art. 23; GB/T 22239-2019 8.1.4.1 (identity authentication)',
};

export const longEnough: Rule<NewPassword> = rule({
  id: 'PASSWORD-1',
  acts: ['change-password', 'enrol-user'],
  certainty: 'M',
  source,
  says: { zh: '密码为 10 至 128 个字符。', en: 'A password has 10 to 128 characters.' },
  problem: passwordRefused,
  refuses: ({ password, field }) => {
    const length = [...password].length;
    return (length < 10 || length > 128) && { field };
  },
});

export const notTheLogin: Rule<NewPassword> = rule({
  id: 'PASSWORD-2',
  acts: ['change-password', 'enrol-user'],
  certainty: 'M',
  source,
  says: {
    zh: '密码不得包含登录名，也不得只由一两种字符重复而成。',
    en: 'A password does not contain the login name and is not one or two characters repeated.',
  },
  problem: passwordRefused,
  refuses: ({ password, login, field }) => (password.toLowerCase().includes(login) || new Set(password).size < 4) && { field },
});

/** Why this password cannot be taken, or null. */
export const refusalOfPassword = (facts: NewPassword): Problem | null => refusalBy([longEnough, notTheLogin], facts);

/** argon2id with the library's standing parameters (19 MiB, 2 passes): the PHC text to keep. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'));

/** The hash of nothing anybody knows: compared with where there is no such login, so that both refusals take the same time. */
const nobodysHash = hash(crypto.getRandomValues(new Uint8Array(32)));

/** Whether the password belongs to the hash; without a hash always false, after the same work. */
export async function passwordMatches(password: string, kept: string | null): Promise<boolean> {
  const right = await verify(kept ?? (await nobodysHash), password.normalize('NFC').slice(0, 512));
  return right && kept !== null;
}
