"""`python -m hyotei.cli`"""

from hyotei.cli import main

main()
