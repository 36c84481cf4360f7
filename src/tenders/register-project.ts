import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { newId } from '../kernel/ids.ts';
import { type Fen, fen, yuan, yuanField, zeroFen } from '../kernel/money.ts';
import { notPermitted } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { type DayString, dayOf, startOfDay } from '../kernel/working-days.ts';
import { isRegion } from '../parties/region.ts';
import { Organisation } from '../parties/schema.ts';
import { editionInForce } from '../rulebook/edition.ts';
import { fieldRule } from '../rulebook/figure-rule.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { amountNotPositive } from './figures.ts';
import { lineOf, linesInUse, procedureOf } from './line.ts';
import { projectNumber } from './number.ts';
import { noSuchOrganisation, noSuchProcedure } from './problems.ts';
import { Project } from './schema.ts';
import { nextTradeCode } from './trade-code.ts';

const line = (most: number) => z.string().trim().min(1).max(most);
const blankable = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((given) => (typeof given === 'string' && given.trim() === '' ? undefined : given), shape.optional());
const codeField = z.preprocess(
  (given) => (typeof given === 'string' && given.trim() === '' ? undefined : given),
  z.string().trim().toUpperCase().length(18, '统一社会信用代码为18位。 | A unified social credit code has 18 characters.').optional(),
);

export const projectFields = z.object({
  name: line(200),
  line: z.string().refine((id) => linesInUse().some((each) => each.id === id), '没有这一交易类别。 | There is no such line of trade.'),
  /** by which of the line's procedures; left out: the usual one */
  procedure: blankable(z.string()),
  /** code of the catalogue of procurement, e.g. `A02010108` */
  category: blankable(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[ABC]\d{2,12}$/, '请填写采购品目编码，如A02010108。 | Please enter the code of the catalogue, like A02010108.'),
  ),
  methodApproval: blankable(line(100)),
  intentionOn: blankable(dayField),
  intentionWaived: blankable(line(500)),
  approvalNumber: line(100),
  approvedBy: line(200),
  funds: line(200),
  estimate: yuanField,
  region: z.string().refine(isRegion, '请选择行政区划（GB/T 2260）。 | Please choose a region (GB/T 2260).'),
  /** the tenderee's code, given by its agent */
  tenderee: codeField,
  /** the agent's code, given by a tenderee that entrusts one */
  agent: codeField,
});

const projectWorthSomething = fieldRule<{ readonly estimate: bigint }>({
  id: 'PROJ-1',
  acts: ['register-project'],
  source: cite(platformRule),
  says: { zh: '项目估算价必须大于零', en: 'the estimate of the project is above zero' },
  problem: amountNotPositive,
  field: 'estimate',
  refuses: ({ estimate }) => estimate <= zeroFen && { field: 'estimate' },
});

/** Registers a project that was approved (C1): by the tenderee itself, or by the agent it entrusted. */
export const registerProject = act({
  name: 'register-project',
  by: ['agent', 'tenderee'],
  says: { zh: '登记项目', en: 'Register a project' },
  takes: projectFields,
  async run(call, command) {
    uphold([projectWorthSomething], command);
    const procedure = procedureFor(command);
    const { tenderee, agent } = await partiesOf(call, command);
    await procedureMayBe(call, { ...command, procedure, tenderee });
    const project = call.em.create(Project, {
      id: newId(call.now),
      number: await nextNumber(call, command.line, command.region),
      tradeCode: await nextTradeCode(call, { line: command.line, code: tenderee }),
      name: command.name,
      line: command.line,
      procedure,
      category: command.category ?? null,
      methodApproval: command.methodApproval ?? null,
      intentionOn: command.intentionOn ?? null,
      intentionWaived: command.intentionWaived ?? null,
      approvalNumber: command.approvalNumber,
      approvedBy: command.approvedBy,
      funds: command.funds,
      estimate: command.estimate,
      region: command.region,
      tenderee,
      agent,
      registeredAt: call.now,
    });
    const { number, tradeCode, name, approvalNumber, approvedBy, funds, region } = project;
    return {
      result: { project: project.id, number },
      facts: [
        fact(
          'project.registered',
          { project: project.id },
          {
            number,
            tradeCode,
            name,
            line: command.line,
            procedure,
            ...plannedOf(command),
            approvalNumber,
            approvedBy,
            funds,
            estimate: yuan(command.estimate),
            region,
            tenderee,
            agent,
          },
        ),
      ],
    };
  },
});

/** The procedure that was chosen, if its line offers it; the usual one where none was. */
function procedureFor({ line, procedure }: { line: string; procedure?: string | undefined }): string {
  const [usual, ...others] = lineOf(line).procedures;
  if (procedure === undefined) return usual.id;
  const found = [usual, ...others].find(({ id }) => id === procedure);
  if (found) return found.id;
  throw noSuchProcedure({ fields: [{ path: 'procedure', says: noSuchProcedure().title }] });
}

type Planned = Pick<z.infer<typeof projectFields>, 'category' | 'methodApproval' | 'intentionOn' | 'intentionWaived'>;

/** What was said of the planning, as the journal carries it: nothing of what was left empty. */
const plannedOf = ({ category, methodApproval, intentionOn, intentionWaived }: Planned) => ({
  ...(category === undefined ? {} : { category }),
  ...(methodApproval === undefined ? {} : { methodApproval }),
  ...(intentionOn === undefined ? {} : { intentionOn }),
  ...(intentionWaived === undefined ? {} : { intentionWaived }),
});

/** Upholds the line's rules of the choice of a procedure; two registrations of one buyer and category wait for each other. */
async function procedureMayBe(
  call: Call,
  given: Planned & { readonly line: string; readonly procedure: string; readonly tenderee: string; readonly estimate: Fen },
): Promise<void> {
  const on = dayOf(call.now);
  const usual = lineOf(given.line).procedures[0].id;
  const category = given.category ?? null;
  await call.em.execute('select pg_advisory_xact_lock(hashtext(?))', [`procured/${given.tenderee}/${category}`]);
  const [row] = await call.em.execute<{ sum: string }[]>(
    `select coalesce(sum(estimate), 0) as sum from project where tenderee = ? and line = ? and category = ? and procedure <> ?
     and method_approval is null and registered_at >= ?`,
    [given.tenderee, given.line, category, usual, startOfDay(`${on.slice(0, 4)}-01-01` as DayString)],
  );
  uphold(editionInForce(procedureOf(given), on).rules.project, {
    on,
    usual: given.procedure === usual,
    estimate: given.estimate,
    category,
    approval: given.methodApproval ?? null,
    already: fen(BigInt(row?.sum ?? '0')),
  });
}

/** Who tenders and who does it for them: the actor is one of the two, the other must be registered as what it is to be. */
async function partiesOf(call: Call, command: { tenderee?: string | undefined; agent?: string | undefined }) {
  const { code, role } = call.by;
  if (code === null) throw notPermitted();
  if (role === 'agent') return { tenderee: await registered(call, command.tenderee, 'tenderee'), agent: code };
  return { tenderee: code, agent: command.agent === undefined ? null : await registered(call, command.agent, 'agent') };
}

async function registered(call: Call, code: string | undefined, kind: 'tenderee' | 'agent'): Promise<string> {
  const found = code === undefined ? null : await call.em.findOne(Organisation, { code });
  if (found?.kinds.includes(kind)) return found.code;
  const says =
    kind === 'tenderee'
      ? { zh: '本平台没有以此代码登记的招标人。', en: 'No tenderee is registered here under this code.' }
      : { zh: '本平台没有以此代码登记的招标代理机构。', en: 'No agent is registered here under this code.' };
  throw noSuchOrganisation({ says, fields: [{ path: kind, says }] });
}

/** The next project number of this region and day; two registrations at once wait for each other. */
async function nextNumber(call: Call, lineId: string, region: string): Promise<string> {
  const parts = { tradeClass: lineOf(lineId).tradeClass, region, day: dayOf(call.now) };
  const prefix = projectNumber({ ...parts, serial: 1 }).slice(0, -4);
  await call.em.execute('select pg_advisory_xact_lock(hashtext(?))', [`project-number/${prefix}`]);
  const taken = await call.em.execute<{ count: string }[]>('select count(*) as count from project where number like ?', [`${prefix}%`]);
  return projectNumber({ ...parts, serial: Number(taken[0]?.count ?? 0) + 1 });
}
