import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import type { Todo } from '../kernel/todo.ts';
import { certifiedAs } from './membership.ts';
import { Certificate } from './schema.ts';
import { figures } from './settings.ts';

const why = {
  zh: '《电子招标投标办法》第22、27、40条：投标文件与评标报告以电子签名签署',
  en: 'Order 20 arts. 22, 27, 40: bids and evaluation reports are signed electronically',
};
const action = { zh: '申请证书', en: 'Make a certificate' };

/** What the people's room asks of somebody: a certificate to sign with, before it is needed and before the old one ends. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<Todo[]> {
  if (by.user === null || !['bidder', 'expert'].includes(by.role)) return [];
  const holder = certifiedAs(by.role) === 'person' ? by.user : by.code;
  if (holder === null) return [];
  const standing = await em.find(
    Certificate,
    { holder, revokedAt: null, supersededBy: null, notAfter: { $gt: now } },
    { orderBy: { notAfter: 'desc' }, limit: 1 },
  );
  const last = standing[0]?.notAfter as Instant | undefined;
  const about = by.organisationName ?? by.name;
  if (last === undefined) {
    return [
      {
        due: null,
        what: { zh: '申请数字证书', en: 'Make a certificate' },
        about,
        why,
        otherwise: { zh: '没有证书无法递交投标文件或签署文书', en: 'Without one, no bid can be submitted and nothing signed' },
        href: '/certificates',
        action,
      },
    ];
  }
  if (last > later(now, figures().renewalDays * 86_400_000)) return [];
  return [
    {
      due: last,
      what: { zh: '更换即将到期的数字证书', en: 'Replace the certificate that is about to expire' },
      about,
      why,
      otherwise: { zh: '到期后不能签名，此前的签名仍然有效', en: 'Nothing can be signed after it ends; earlier signatures stay good' },
      href: '/certificates',
      action,
    },
  ];
}
