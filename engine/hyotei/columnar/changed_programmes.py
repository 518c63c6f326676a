"""Which programmes of a corpus can have changed from year to year: what `hyotei.audit.year_changes` need not look at is left out.

It asks for less than a finding takes, so that no finding is lost.
"""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from hyotei.base.causes import cause
from hyotei.base.text_folding import same_name
from hyotei.corpus.corpus import Corpus
from hyotei.messages import Diagnostic, HyoteiError

_FIGURES = """
CREATE TEMP TABLE named AS
  SELECT m.sheet, m.measure, p.programme, p.fiscal_year AS evaluated, m.direction_taken,
    coalesce(m.target_unit, m.actual_unit, m.final_target_unit) AS unit,
    m.final_target_value AS final_value, m.final_target_fiscal_year AS final_year,
    o.folded || chr(0) || i.folded || chr(0) || coalesce(l.folded, '') AS name
  FROM measures m JOIN programmes p USING (sheet)
  JOIN objectives ob ON ob.sheet = m.sheet AND ob.objective = m.objective JOIN words o ON o.word = ob.name
  JOIN indicators i_ ON i_.sheet = m.sheet AND i_.indicator = m.indicator JOIN words i ON i.word = i_.name
  LEFT JOIN words l ON l.word = m.label;
CREATE TEMP TABLE told AS
  SELECT n.*, kind, coalesce(year, evaluated) AS year, value FROM named n JOIN (
    SELECT sheet, measure, 'target' AS kind, target_fiscal_year AS year, target_value AS value FROM measures
    UNION ALL SELECT sheet, measure, 'actual', actual_fiscal_year, actual_value FROM measures
    UNION ALL SELECT sheet, measure, 'target', coalesce(target_fiscal_year, fiscal_year), target_value FROM series
    UNION ALL SELECT sheet, measure, 'actual', coalesce(actual_fiscal_year, fiscal_year), actual_value FROM series
  ) f USING (sheet, measure) WHERE value IS NOT NULL
"""
_CHANGED = """
SELECT DISTINCT programme FROM (
  -- A figure of one year told differently; two measures of one name may be told apart by nothing.
  SELECT programme FROM told GROUP BY programme, name, kind, year HAVING count(DISTINCT value) > 1
  UNION ALL
  SELECT programme FROM named GROUP BY programme, sheet, name HAVING count(*) > 1
  UNION ALL
  -- A target for a later year that the later sheet does not tell of a measure of the same name and unit.
  SELECT t.programme FROM told t JOIN programmes p USING (programme)
    WHERE t.kind = 'target' AND p.fiscal_year > t.evaluated AND t.year >= p.fiscal_year
      AND NOT EXISTS (
        FROM told l WHERE l.sheet = p.sheet AND l.name = t.name AND l.unit = t.unit AND l.kind = 'target' AND l.year = t.year
      )
  UNION ALL
  -- A final target that another sheet does not tell alike of a measure of the same name and unit.
  SELECT n.programme FROM named n JOIN programmes p USING (programme)
    WHERE n.final_value IS NOT NULL AND p.fiscal_year > n.evaluated
      AND NOT EXISTS (
        FROM named l WHERE l.sheet = p.sheet AND l.name = n.name AND l.unit = n.unit AND l.final_value = n.final_value
          AND l.final_year IS NOT DISTINCT FROM n.final_year
      )
  UNION ALL
  -- The same target missed by three sheets; a number that is cut here may be a miss or not.
  SELECT t.programme FROM told t JOIN told a USING (sheet, measure, year)
    WHERE t.kind = 'target' AND a.kind = 'actual' AND t.year = t.evaluated AND t.direction_taken IS NOT NULL
      AND t.value <> a.value AND coalesce(
        CASE t.direction_taken WHEN 'decrease' THEN TRY_CAST(a.value AS DECIMAL(38, 12)) >= TRY_CAST(t.value AS DECIMAL(38, 12))
        ELSE TRY_CAST(a.value AS DECIMAL(38, 12)) <= TRY_CAST(t.value AS DECIMAL(38, 12)) END, true)
    GROUP BY t.programme, t.name, t.value HAVING count(DISTINCT t.evaluated) >= 3
)
"""


def changed_programmes(corpus: Corpus, programmes: Mapping[str, tuple[int, int]]) -> set[int]:
    """The numbers of the programmes that may have changed.

    Args:
        corpus: where their sheets are.
        programmes: by the key of a sheet the number of its programme and the sheet's fiscal year.

    Raises:
        HyoteiError: a file of the corpus is damaged (HY976).
    """
    connection = duckdb.connect(":memory:")
    try:
        connection.register(
            "programmes",
            pa.table(
                {
                    "sheet": pa.array(programmes, pa.string()),
                    "programme": pa.array([number for number, _ in programmes.values()], pa.int64()),
                    "fiscal_year": pa.array([year for _, year in programmes.values()], pa.int64()),
                }
            ),
        )
        for table in ("measures", "series", "objectives", "indicators"):
            paths = ", ".join(_quoted(path) for path in corpus.paths(table))
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{paths}])")
        words = connection.execute(
            "SELECT name FROM objectives UNION SELECT name FROM indicators UNION SELECT label FROM measures WHERE label IS NOT NULL"
        ).fetchall()
        texts = [str(word) for (word,) in words]
        connection.register("words", pa.table({"word": texts, "folded": [same_name(word) for word in texts]}))
        connection.execute(_FIGURES)
        return {int(number) for (number,) in connection.execute(_CHANGED).fetchall()}
    except duckdb.Error as error:
        raise HyoteiError(Diagnostic("HY976", params={"engine": "duckdb", "reason": cause(error)})) from error
    finally:
        connection.close()


def _quoted(path: str) -> str:
    return "'" + path.replace("'", "''") + "'"
