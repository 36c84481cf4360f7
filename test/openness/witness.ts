import request from 'supertest';
import { noteKeyTypes, noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { cosign } from '../../src/journal/witness.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/ids.ts';
import { formCouncil } from '../../src/openings/form-council.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import type { Town } from '../support/town.ts';

/** A town whose council names two witnesses that do their work: they cosign every checkpoint as it appears. */
export async function witnessedTown(town: Town): Promise<{ readonly town: Town; stop(): Promise<void> }> {
  const { house } = town;
  const names = ['宜昌市公共资源交易中心', '宜昌市公共资源交易监督管理局', '宜昌市公证处'];
  const held = holdCeremony(newId(), '宜昌市第二开标委员会', names, 2);
  const witnesses = ['supervisor.example', 'notary.example'].map((name) =>
    noteSigner(name, crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature),
  );
  await house.perform(formCouncil, theSystem, { council: held.council, witnesses: witnesses.map(printVerifierKey) });
  let stopped = false;
  const work = (async () => {
    let seen = 0;
    while (!stopped) {
      const rows = await house
        .em()
        .execute<{ size: string; text: string }[]>('select size, text from journal_checkpoint where size > ? order by size', [seen]);
      for (const { size, text } of rows) {
        const body = text.slice(0, text.indexOf('\n\n') + 1);
        for (const witness of witnesses)
          await request(house.app)
            .post('/journal/cosignatures')
            .send({ size: Number(size), line: cosign(body, 1_800_000_000, witness) })
            .expect(201);
        seen = Number(size);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    town: { ...town, council: held.council, shares: held.shares },
    stop: async () => {
      stopped = true;
      await work;
    },
  };
}
