// A member that does its work until it is told to end; announces when it has cleaned up.
import { runMember } from '../../../src/processes.ts';

await runMember(async () => {
  console.log(`steady ${process.env.GREETING} ${process.pid}`);
  const beat = setInterval(() => {}, 1000);
  return {
    stop: async () => {
      clearInterval(beat);
      console.log('cleaned up');
    },
  };
});
