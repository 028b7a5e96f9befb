/** A part of a file in which names are declared, and which the parts inside it see. */
export class Scope {
  readonly parent: Scope | null;
  readonly #kind: 'file' | 'open' | 'function' | 'block';
  readonly #names = new Set<string>();
  readonly #released = new Set<string>();
  readonly #numbers = new Map<string, number>();
  #depth: number | undefined;

  constructor(parent: Scope | null, kind: 'file' | 'open' | 'function' | 'block') {
    this.parent = parent;
    this.#kind = kind;
  }

  /** Declares a name; one of a file or of a class can be seen from outside and is no local. */
  declare(name: string): void {
    if (this.#kind === 'file' || this.#kind === 'open' || this.#released.has(name)) return;
    this.#names.add(name);
  }

  /** Says that the name belongs to a scope further out. */
  release(name: string): void {
    this.#released.add(name);
    this.#names.delete(name);
  }

  /** The scope that holds the names of the nearest function, or of what is outside of all. */
  enclosingFunction(): Scope {
    return this.#kind === 'block' && this.parent !== null ? this.parent.enclosingFunction() : this;
  }

  /**
   * The position that stands for a local: how deep it is declared, and as which one of its scope by first
   * use. Null for a name that is declared in none. To be asked once all is declared, in the order of the text.
   */
  positionOf(name: string): string | null {
    if (!this.#names.has(name)) return this.parent?.positionOf(name) ?? null;
    const number = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return `<${this.#declaringDepth()}.${number}>`;
  }

  #declaringDepth(): number {
    this.#depth ??=
      (this.parent === null ? 0 : this.parent.#declaringDepth()) + (this.#names.size > 0 ? 1 : 0);
    return this.#depth;
  }
}
