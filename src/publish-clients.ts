import { knownBuilds } from './bids/client-reads.ts';
import { clientPublished } from './bids/problems.ts';
import { publishClient } from './bids/publish-client.ts';
import { type Frame, perform } from './kernel/act.ts';
import { theSystem } from './kernel/actor.ts';
import { Problem } from './kernel/problem.ts';
import type { ClientBuild } from './sealing/client.ts';

/** Puts the builds that this node hands out into its journal, as far as they are not there yet: at every start, each build once. */
export async function publishClients({ frame, builds }: { readonly frame: Frame; readonly builds: readonly ClientBuild[] }): Promise<void> {
  const known = await knownBuilds(frame.fork());
  for (const build of builds) {
    if (known.has(`${build.name}/${build.sha256}`)) continue;
    await perform(frame, publishClient, theSystem, { build }).catch((error: unknown) => {
      // another process of this node was faster
      if (!(error instanceof Problem) || error.problem !== clientPublished().problem) throw error;
    });
  }
}
