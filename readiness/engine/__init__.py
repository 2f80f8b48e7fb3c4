"""From rules and facts to a report: bind, gather, judge."""
