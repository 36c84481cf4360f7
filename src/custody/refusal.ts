/** A refusal by name: it goes to the custodian's log, and to nobody else. */
export class Refusal extends Error {
  readonly reason: string;
  constructor(reason: string, detail: string) {
    super(`${reason}: ${detail}`);
    this.name = 'Refusal';
    this.reason = reason;
  }
}
