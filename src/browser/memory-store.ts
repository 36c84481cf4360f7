import type { Attachments, Draft, Drawer, OwnIdentity } from './bid-store.ts';

/** Drawers that last as long as the page: what was typed and chosen outlives a change of language, and nothing outlives the page. */
const drawer = <Value>(): Drawer<Value> => {
  let held: Value | undefined;
  return {
    read: async () => held,
    put: async (value) => {
      held = value;
    },
    clear: async () => {
      held = undefined;
    },
  };
};

export const memoryStore = () => ({ draft: drawer<Draft>(), attachments: drawer<Attachments>(), identity: drawer<OwnIdentity>() });
