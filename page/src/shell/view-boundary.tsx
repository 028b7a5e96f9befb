import { Component, type ReactNode } from 'react';
import { Fault } from './notice.tsx';

interface ViewBoundaryProps {
  readonly children: ReactNode;
}

interface ViewBoundaryState {
  readonly fault: { readonly error: unknown } | null;
}

/** Says what went wrong in place of a view that cannot be loaded or drawn, so that the page is never empty. */
export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override state: ViewBoundaryState = { fault: null };

  static getDerivedStateFromError(error: unknown): ViewBoundaryState {
    return { fault: { error } };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    return <Fault error={fault.error} onAgain={() => location.reload()} />;
  }
}
