// On a phone the places stand in one line that scrolls: the one that is open is brought into sight.

const here = document.querySelector(".places [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 16;
