"""What was done or seen before: dated records, and other tools' result files."""

from readiness.evidence.evidence import Evidence, Flaw
from readiness.evidence.record import Record
from readiness.evidence.result import ResultFile, ToolResult

__all__ = ["Evidence", "Flaw", "Record", "ResultFile", "ToolResult"]
