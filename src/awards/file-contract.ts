import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { type DayString, startOfDay } from '../kernel/working-days.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { dutyOf } from './duty.ts';
import { contractFiled, noFilingAsked } from './problems.ts';
import { Contract } from './schema.ts';

/** Files a copy of the registered contract with the authority its line names: the very file, by its hash. Late is said and seen, not refused. */
export const fileContract = act({
  name: 'file-contract',
  by: ['agent', 'tenderee'],
  says: { zh: '报备合同副本', en: 'File a copy of the contract' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('file-contract', lot.phase);
    const limit = editionOf(lot, project, call.now).limits.fileContract?.by(groundOf(lot, call.now));
    if (!limit) throw noFilingAsked();
    const contract = await call.em.findOneOrFail(Contract, { lot: lot.id });
    if (contract.filedAt) throw contractFiled();
    contract.filedAt = call.now;
    const { late } = dutyOf(limit, startOfDay(contract.signedOn as DayString), call.now);
    return { result: { late }, facts: [fact('contract.filed', { lot: lot.id }, { sha256: contract.sha256 })] };
  },
});
