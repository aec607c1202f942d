# ./build.ps1 [target] [more Cake arguments]; the targets are the tasks of build.cake.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
dotnet tool restore | Out-Null
$target = if ($args.Count -gt 0) { $args[0] } else { 'default' }
$rest = @($args | Select-Object -Skip 1)
dotnet cake --target=$target @rest
exit $LASTEXITCODE
