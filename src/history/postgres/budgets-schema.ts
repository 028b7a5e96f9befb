/**
 * What is used of budgets: `spent` what was settled, `bookings` what is set aside for requests on their way. As many
 * book at once, each change is one function: it holds the locks of its budgets for no round trip.
 */
export const budgetsSchema: string = `
  CREATE TABLE orchestrator.spent (
    scope text PRIMARY KEY,
    cost_usd double precision NOT NULL,
    tokens double precision NOT NULL,
    unpriced integer NOT NULL
  ) WITH (fillfactor = 50);
  CREATE TABLE orchestrator.bookings (
    scope text NOT NULL,
    id text NOT NULL,
    cost_usd double precision,
    tokens double precision NOT NULL,
    holder text NOT NULL,
    lease_ms bigint NOT NULL,
    PRIMARY KEY (scope, id)
  ) WITH (fillfactor = 50);

  CREATE FUNCTION orchestrator.add_spent(
    of_scope text, cost double precision, tokens double precision, sign integer
  ) RETURNS void LANGUAGE sql AS $$
    INSERT INTO orchestrator.spent AS s
    VALUES (of_scope, sign * coalesce(cost, 0), sign * tokens, CASE WHEN cost IS NULL THEN sign ELSE 0 END)
    ON CONFLICT (scope) DO UPDATE SET cost_usd = s.cost_usd + excluded.cost_usd,
      tokens = s.tokens + excluded.tokens, unpriced = s.unpriced + excluded.unpriced
  $$;

  CREATE FUNCTION orchestrator.lock_budgets(scopes text[]) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    number integer;
  BEGIN
    FOR number IN SELECT DISTINCT hashtext(scope) FROM unnest(scopes) AS scope ORDER BY 1 LOOP
      PERFORM pg_advisory_xact_lock(${0x6d6d6f62}, number);
    END LOOP;
  END $$;

  -- What is used of budgets besides one booking. Bookings whose time is over, or whose holder has ended, are spent.
  CREATE FUNCTION orchestrator.budget_balances(
    time_ms bigint, scopes text[], except_id text, gone text[]
  ) RETURNS TABLE (
    place bigint, cost_usd double precision, tokens double precision, unpriced integer,
    booked_usd double precision, booked_tokens double precision
  ) LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM orchestrator.lock_budgets(scopes);
    PERFORM orchestrator.add_spent(late.scope, late.cost_usd, late.tokens, 1) FROM (
      SELECT * FROM orchestrator.bookings b
      WHERE b.scope = ANY (scopes) AND b.id IS DISTINCT FROM except_id
        AND (b.lease_ms <= time_ms OR b.holder = ANY (gone))
    ) AS late;
    DELETE FROM orchestrator.bookings b
    WHERE b.scope = ANY (scopes) AND b.id IS DISTINCT FROM except_id
      AND (b.lease_ms <= time_ms OR b.holder = ANY (gone));
    RETURN QUERY
      SELECT w.place, coalesce(s.cost_usd, 0), coalesce(s.tokens, 0), coalesce(s.unpriced, 0),
        coalesce(sum(b.cost_usd), 0), coalesce(sum(b.tokens), 0)
      FROM unnest(scopes) WITH ORDINALITY AS w (scope, place)
      LEFT JOIN orchestrator.spent s ON s.scope = w.scope
      LEFT JOIN orchestrator.bookings b ON b.scope = w.scope AND b.id IS DISTINCT FROM except_id
      GROUP BY w.place, s.cost_usd, s.tokens, s.unpriced ORDER BY w.place;
  END $$;

  -- Books where it fits in all budgets, in place of what the id had booked; \`is_booked\` is the same in all rows. One
  -- that is to grow and is not there any more has been counted as spent, and is not booked again.
  CREATE FUNCTION orchestrator.book(
    time_ms bigint, lease_end_ms bigint, booker text, booking text, is_growing boolean, scopes text[],
    most_usd double precision[], most_tokens double precision[], cost double precision, amount double precision,
    gone text[], OUT is_booked boolean, OUT balances json
  ) LANGUAGE plpgsql AS $$
  BEGIN
    SELECT json_agg(b ORDER BY b.place), bool_and(
        (cost IS NULL OR most_usd[b.place] IS NULL OR b.cost_usd + b.booked_usd + cost <= most_usd[b.place])
        AND (most_tokens[b.place] IS NULL OR b.tokens + b.booked_tokens + amount <= most_tokens[b.place])
      )
      INTO balances, is_booked
      FROM orchestrator.budget_balances(time_ms, scopes, booking, gone) AS b;
    IF is_growing AND (
      SELECT count(*) FROM orchestrator.bookings b WHERE b.id = booking AND b.scope = ANY (scopes)
    ) < cardinality(scopes) THEN
      is_booked := false;
    END IF;
    IF is_booked THEN
      -- Nobody waits for the disk of others: a crash of the server can cost the bookings of its last instant.
      PERFORM set_config('synchronous_commit', 'off', true);
      INSERT INTO orchestrator.bookings SELECT scope, booking, cost, amount, booker, lease_end_ms FROM unnest(scopes) AS scope
      ON CONFLICT (scope, id) DO UPDATE
        SET cost_usd = excluded.cost_usd, tokens = excluded.tokens, lease_ms = excluded.lease_ms;
    END IF;
  END $$;

  -- Puts what was really spent in place of a booking, also of one that was counted as spent before.
  CREATE FUNCTION orchestrator.settle(
    booking text, scopes text[], booked_usd double precision, booked_tokens double precision,
    cost double precision, amount double precision
  ) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    of_scope text;
  BEGIN
    PERFORM orchestrator.lock_budgets(scopes);
    FOREACH of_scope IN ARRAY scopes LOOP
      DELETE FROM orchestrator.bookings b WHERE b.scope = of_scope AND b.id = booking;
      IF NOT FOUND THEN
        PERFORM orchestrator.add_spent(of_scope, booked_usd, booked_tokens, -1);
      END IF;
      PERFORM orchestrator.add_spent(of_scope, cost, amount, 1);
    END LOOP;
  END $$;
`;
