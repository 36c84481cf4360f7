import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { editionInForce } from '../rulebook/edition.ts';
import { councilInUse } from './council.ts';
import { type Draft, draftOf } from './draft.ts';
import { procedureOf } from './line.ts';
import { allow, nextOn } from './phases.ts';
import { draftIncomplete, noCouncil, noEntryAsked } from './problems.ts';
import { lockHostedLot } from './reads.ts';
import { Prequalification } from './schema.ts';

export const prequalificationFields = z.object({
  /** until when applications are taken */
  until: instantField,
  /** how many of the qualified are drawn and invited */
  invited: z.coerce.number().int().min(1).max(100),
  /** id of one of the procedure's grounds */
  ground: z.string().max(40),
  /** why it holds */
  reason: z.string().trim().min(4).max(1000),
});

/**
 * Publishes the notice of prequalification of an invited tender: its conditions stand from here on, and so does how many will be invited. The council that will
 * draw them is pinned with it, before anybody has applied.
 */
export const publishPrequalification = act({
  name: 'publish-prequalification',
  by: ['agent', 'tenderee'],
  says: { zh: '发布资格预审公告', en: 'Publish the notice of prequalification' },
  takes: prequalificationFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('publish-prequalification', lot.phase);
    const on = dayOf(call.now);
    const edition = editionInForce(procedureOf(project), on);
    if (edition.entry === undefined) throw noEntryAsked();
    const ground = edition.entry.grounds.find(({ id }) => id === command.ground);
    if (!ground) throw draftIncomplete({ fields: [{ path: 'ground', says: { zh: '请选择邀请招标的情形。', en: 'Choose a ground.' } }] });
    uphold(edition.rules.start, {
      on,
      now: call.now,
      intentionOn: (project.intentionOn ?? null) as DayString | null,
      intentionWaived: project.intentionWaived ?? null,
    });
    uphold(edition.entry.notice, { on, now: call.now, until: command.until, invited: command.invited });
    const { name, scope, qualification } = announced(draftOf(lot.draft));
    const council = await councilInUse(call.em);
    if (council === null) throw noCouncil();
    lot.phase = nextOn(edition.phases, lot.phase, 'prequalification.published');
    lot.council = council.id;
    const { until, invited, reason } = command;
    const said = { invited, until, ground: ground.id, reason, scope, conditions: [...qualification], council: council.id };
    call.em.create(Prequalification, { lot: lot.id, ...said, publishedAt: call.now });
    const { region, tenderee, agent = null } = project;
    const data = { number: lot.number, name, line: project.line, procedure: project.procedure, region, tenderee, agent, ...said };
    return {
      result: { lot: lot.id, until },
      facts: [fact('prequalification.published', { lot: lot.id, project: project.id }, data)],
    };
  },
});

/** What of the draft such a notice tells; without it nobody could know whether to apply. */
function announced({ name, scope, qualification }: Draft) {
  const missing = [
    ...(name ? [] : [{ path: 'name', says: { zh: '请先在标段草稿中填写名称。', en: 'The draft has no name yet.' } }]),
    ...(scope ? [] : [{ path: 'scope', says: { zh: '请先在标段草稿中填写采购内容。', en: 'The draft has no scope yet.' } }]),
    ...(qualification?.length
      ? []
      : [{ path: 'qualification', says: { zh: '请先在标段草稿中填写资格要求。', en: 'The draft asks for no qualification yet.' } }]),
  ];
  if (!name || !scope || !qualification?.length) throw draftIncomplete({ fields: missing });
  return { name, scope, qualification };
}
