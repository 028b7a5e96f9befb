import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

const places = [
  { path: '/', name: 'New run' },
  { path: '/history', name: 'History' },
  { path: '/statistics', name: 'Statistics' },
] as const;

/** The name of the page, and the way to each of its views. */
export function Header(): ReactNode {
  const [location] = useLocation();
  return (
    <header className="site-header">
      <Link href="/" className="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true" width="22" height="22">
          <path
            d="M5 7h7c6 0 4 9 9 9h6M5 16h22M5 25h7c6 0 4-9 9-9"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.6"
            strokeLinecap="round"
          />
        </svg>
        Orchestrator
      </Link>
      <nav aria-label="Views">
        {places.map(({ path, name }) => (
          <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
    </header>
  );
}
