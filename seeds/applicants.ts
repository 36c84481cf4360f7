import { admitExpert } from '../src/experts/admit-expert.ts';
import { applyMembership } from '../src/experts/apply-membership.ts';
import { recommendApplication } from '../src/experts/recommend-application.ts';
import { recordTest } from '../src/experts/record-test.ts';
import { registerPerson } from '../src/experts/register-person.ts';
import { reviewApplication } from '../src/experts/review-application.ts';
import { type Frame, perform } from '../src/kernel/act.ts';
import type { Actor } from '../src/kernel/actor.ts';
import { theSystem } from '../src/kernel/actor.ts';
import { actorOf } from './actors.ts';
import { inventedIdentity } from './identities.ts';
import { demonstrationPassword, organisations } from './organisations.ts';

/** How far an applicant of the demonstration has come. */
type Stop = 'registered' | 'applied' | 'recommended' | 'returned' | 'accepted' | 'tested' | 'admitted' | 'failed';

interface Applicant {
  readonly name: string;
  readonly title: string;
  readonly field: string;
  readonly line: 'construction' | 'procurement';
  readonly specialties: readonly string[];
  readonly stop: Stop;
}

const applicants: readonly Applicant[] = [
  { name: '向晓岚', title: '高级工程师', field: '水利水电工程设计', line: 'construction', specialties: ['A04'], stop: 'registered' },
  { name: '覃建平', title: '高级工程师', field: '水利水电工程施工', line: 'construction', specialties: ['A08'], stop: 'applied' },
  { name: '望远征', title: '正高级工程师', field: '工程造价咨询', line: 'construction', specialties: ['A06', 'A07'], stop: 'recommended' },
  { name: '屈秋萍', title: '工程师', field: '医疗设备管理', line: 'procurement', specialties: ['B01'], stop: 'returned' },
  { name: '宋致远', title: '高级工程师', field: '房屋建筑施工', line: 'construction', specialties: ['A08'], stop: 'accepted' },
  { name: '谭丽君', title: '高级经济师', field: '政府采购管理', line: 'procurement', specialties: ['C01'], stop: 'tested' },
  { name: '黎振华', title: '正高级工程师', field: '岩土工程勘察', line: 'construction', specialties: ['A03'], stop: 'admitted' },
  { name: '袁立新', title: '高级工程师', field: '公路工程监理', line: 'construction', specialties: ['A05'], stop: 'failed' },
];

/** Persons on their way into the pool, one at each step: accounts applicant1 … applicant8. They work for the tenderee, so that it has somebody to recommend. */
export async function seedApplicants(frame: Frame, tell: (line: string) => void): Promise<void> {
  const known = await frame.fork().execute<{ login: string }[]>(`select login from platform_user where login like 'applicant%'`);
  const employer = organisations.find(({ users }) => users.some(({ login }) => login === 'tenderee'));
  if (!employer) return;
  const officials = {
    tenderee: await actorOf(frame, 'tenderee'),
    centre: await actorOf(frame, 'centre'),
    regulator: await actorOf(frame, 'regulator'),
  };
  for (const [at, applicant] of applicants.entries()) {
    const login = `applicant${at + 1}`;
    if (known.some((row) => row.login === login)) continue;
    await perform(frame, registerPerson, theSystem, {
      name: applicant.name,
      title: applicant.title,
      employer: employer.code,
      employerName: employer.name,
      region: employer.region,
      // far from those of the pool itself
      ...inventedIdentity(8_000_000 + at),
      login,
      password: demonstrationPassword,
      demonstration: true,
      consents: true,
    });
    await walk(frame, applicant, await actorOf(frame, login), officials);
  }
  tell('入库申请人 applicants for the pool');
}

async function walk(
  frame: Frame,
  applicant: Applicant,
  person: Actor,
  by: Readonly<Record<'tenderee' | 'centre' | 'regulator', Actor>>,
): Promise<void> {
  const { stop, line, field, title, specialties } = applicant;
  if (stop === 'registered') return;
  const stated = { healthy: true, clean: true, truthful: true };
  const titleLevel = title === '工程师' ? 'intermediate' : 'senior';
  const { result } = await perform(frame, applyMembership, person, { line, field, years: 12, title, titleLevel, specialties, ...stated });
  const { application } = result;
  if (stop === 'applied') return;
  if (stop === 'returned') {
    const reason = '职称证书扫描件不清晰，请重新上传。';
    await perform(frame, reviewApplication, by.centre, { application, outcome: 'return', reason });
    return;
  }
  if (line === 'construction')
    await perform(frame, recommendApplication, by.tenderee, { application, recommendation: '该同志业务能力强，作风正派，同意推荐。' });
  if (stop === 'recommended') return;
  await perform(frame, reviewApplication, by.centre, { application, outcome: 'accept' });
  if (stop === 'accepted') return;
  await perform(frame, recordTest, by.centre, { application, score: stop === 'failed' ? 52 : 86 });
  if (stop === 'admitted') await perform(frame, admitExpert, by.regulator, { application });
}
