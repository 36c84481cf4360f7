/** What is used of saxen, which brings no types of its own. */
declare module 'saxen' {
  export class Parser {
    ns(namespaces?: Readonly<Record<string, string>>): this;
    on(event: 'openTag', told: (name: string, attributes: () => Record<string, string>, decode: (text: string) => string) => void): this;
    on(event: 'closeTag', told: (name: string) => void): this;
    on(event: 'text', told: (text: string, decode: (text: string) => string) => void): this;
    on(event: 'cdata', told: (text: string) => void): this;
    on(event: 'attention' | 'question', told: (text: string) => void): this;
    on(event: 'error' | 'warn', told: (error: Error) => void): this;
    parse(xml: string): Error | undefined;
    stop(): void;
  }
}
