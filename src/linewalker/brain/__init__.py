"""Brain 大脑: from an inspection plan to a mission of visits, and the skills that work it off."""
