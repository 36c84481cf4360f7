import { z } from 'zod';
import { EntryApplication } from '../bids/schema.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { editionFor } from '../tenders/line.ts';
import { allow } from '../tenders/phases.ts';
import { noEntryAsked } from '../tenders/problems.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { Prequalification } from '../tenders/schema.ts';
import { askDraw } from './draws.ts';
import { invitationPurpose, invitationRequest } from './invitation-draw.ts';
import { invitationsAsked, notJudgedYet } from './problems.ts';

const lines = (given: unknown): unknown => (typeof given === 'string' ? given.split(/\r?\n/) : given);
const named = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];

export const invitationFields = z.object({
  /** names of the host's staff who watch, one a line */
  witnesses: z.preprocess(lines, z.array(z.string().max(100)).max(20).transform(named)),
});

/**
 * Asks the council to draw from the qualified whom the host invites (protocol §7), once for a lot and for ever: the request stands in the journal before
 * any trustee answers it, so nobody can try until it pleases.
 */
export const drawInvitations = act({
  name: 'draw-invitations',
  by: ['agent', 'tenderee'],
  says: { zh: '抽取受邀供应商', en: 'Draw whom to invite' },
  takes: invitationFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('draw-invitations', lot.phase);
    const { entry } = editionFor(project, lot.edition, call.now);
    if (!entry) throw noEntryAsked();
    const notice = await call.em.findOneOrFail(Prequalification, { lot: lot.id });
    if (!notice.judgedAt) throw notJudgedYet();
    if (notice.witnesses) throw invitationsAsked();
    const qualified = await call.em.find(EntryApplication, { lot: lot.id, withdrawnAt: null, pass: true }, { orderBy: { id: 'asc' } });
    const { invited } = notice;
    const { witnesses } = command;
    uphold(entry.draw, { on: dayOf(call.now), qualified: qualified.length, invited, witnesses: witnesses.length });
    notice.witnesses = witnesses;
    const request = invitationRequest(
      { id: newId(call.now), lot: lot.id, at: call.now },
      qualified.map(({ id }) => id),
    );
    const asked = askDraw(call, lot, {
      request,
      purpose: invitationPurpose,
      invitation: { invited, witnesses },
      drawSalt: null,
      saltKey: null,
      excluded: {},
      excludedBands: {},
    });
    return { result: { draw: asked.id }, facts: [asked.fact] };
  },
});
