import type { ReactNode } from 'react';

interface TableBoxProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly className?: string;
  /** The names of the columns, each another one. */
  readonly head: readonly string[];
  /** The rows. */
  readonly children: ReactNode;
}

/** A table that scrolls by itself where the window is narrower than it. */
export function TableBox({ label, className, head, children }: TableBoxProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-box" tabIndex={0} aria-label={label}>
      <table className={className}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
