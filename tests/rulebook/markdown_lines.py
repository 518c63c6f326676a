"""Texts that try a Markdown reader: any text at all, and lines that begin, end or resemble every kind of block."""

from hypothesis import strategies as st

RULEBOOK = """---
rulebook: small
parameters:
  about: 10%   # how far 程度 reaches
---
What stands here is the preamble.

# 達成率 `attainment` — for each measure

    if direction = decrease then target / actual
    else actual / target

## 判定 `result` -- for each measure ##

| F | `attainment` | **result** | *理由* |
|:-:|---|--:|:--|
| 1 | unknown | unknown | 計算できない |
| 2 | a \\| b | `x \\| y` | |
after the table

```feel
# no heading
| no | table |
|----|-------|
```
"""

ODD_ENDS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\ufeff", "\t", " "]
MARKS = ["|", "---", "# a", "`", "\\"]

ANY_TEXT = st.lists(st.one_of(st.sampled_from(ODD_ENDS), st.text(max_size=6), st.sampled_from(MARKS))).map("".join)

_LINES = """
# heading
## 見出し `name` — tail ##
#no heading
   ### three
#
####### seven
#\ttab
# a \\#
## b#
text
  text
  \u3000text
===
---
--
  ---
=== x
- item
-
1. one
2. two
10) ten
  inside two
   inside three
    inside four
* * *
***
___
-\ttab
-     code in item
- - deep
  - deeper
> quote
>
> - item in quote
> # heading in quote
>     code
```
````
``` feel
~~~
~~~ x `y`
``` a`b
    ```
   ```
  ~~~
    code
\tcode
 \t code
     five
        eight
\t
  \x20
<!-- comment
-->
<!-- one -->
<div>
</div>
<script>
</script>
<a href="b">
<b>
text <b>
<?x
?>
| a | b |
|---|---|
|:-:|--:|
a | b
-|-
a|b|
:--|:-:\x20
| a |
|-|
| - | 80%以上 | x |
- | b
| a \\| b | `c \\| d` |
| \\\\| |
|
||
| |
x|y\\|
   | a | b |
    | a | b |
\u3000| a | b |
-:
:-
\u3000
"""

LINES = st.sampled_from([*_LINES.strip("\n").split("\n"), "", "", "", ""])
