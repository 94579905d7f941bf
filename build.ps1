#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests and packages the module EcsImage. A thin front: everything but Pester is dotnet's work.
.PARAMETER Task
    Build stages the module in out/EcsImage; Test runs the .NET tests; Pester runs tests/EcsImage.Pester
    in this pwsh; Help writes docs/cmdlets from the documentation comments, as Get-Help has them from the
    build; Docs writes docs/coverage.md and the start-up text in docs/emulator.md from the tests; Package zips the staged module as out/EcsImage.<version>.zip and lists what is in it.
.PARAMETER NoBuild
    Pester takes out/EcsImage as it is.
.EXAMPLE
    ./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pester', 'Help', 'Docs', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$solution = Join-Path $PSScriptRoot 'EcsImages.sln'
$staged = Join-Path $PSScriptRoot 'out' 'EcsImage'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

function Invoke-PesterSuite {
    $suite = Join-Path $PSScriptRoot 'tests' 'EcsImage.Pester'
    if (-not (Test-Path -LiteralPath $suite)) { throw "There is no Pester suite in $suite." }
    $pester = Get-Module Pester -ListAvailable | Where-Object Version -ge '5.1' | Sort-Object Version -Descending | Select-Object -First 1
    if (-not $pester) {
        Write-Warning 'Pester 5.1 or later is not installed, so its tests are skipped; Install-Module Pester brings it.'
        return
    }

    Import-Module $pester
    $result = Invoke-Pester -Path $suite -PassThru -Output Detailed
    if ($result.Result -ne 'Passed') { throw "$($result.FailedCount) of $($result.TotalCount) Pester tests failed." }
}

function Update-CmdletPage {
    $module = Join-Path $PSScriptRoot 'src' 'EcsImages.PowerShell' 'bin' $Configuration 'net8.0' 'EcsImages.PowerShell.dll'
    $generator = Join-Path $PSScriptRoot 'src' 'EcsImages.Help' 'bin' $Configuration 'net10.0' 'EcsImages.Help.dll'
    Invoke-DotNet $generator $module --markdown (Join-Path $PSScriptRoot 'docs' 'cmdlets')
}

function Update-EndpointPage {
    $env:ECSIMAGE_WRITE_DOCS = '1'
    try {
        foreach ($project in 'EcsImages.Local.Tests', 'EcsImages.Emulator.Tests') {
            Invoke-DotNet test (Join-Path $PSScriptRoot 'tests' $project) --configuration $Configuration
        }
    }
    finally { Remove-Item Env:ECSIMAGE_WRITE_DOCS }
}

function New-ModulePackage {
    $version = (Import-PowerShellDataFile (Join-Path $staged 'EcsImage.psd1')).ModuleVersion
    $package = Join-Path $PSScriptRoot 'out' "EcsImage.$version.zip"
    $fresh = "$package.new"
    # The same files give the same archive: sorted by name, all of one time.
    $time = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
    $names = [string[]] (Get-ChildItem -LiteralPath $staged -File -Recurse |
        ForEach-Object { [System.IO.Path]::GetRelativePath($staged, $_.FullName).Replace('\', '/') })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    Remove-Item -LiteralPath $fresh -ErrorAction Ignore
    $archive = [System.IO.Compression.ZipFile]::Open($fresh, 'Create')
    try {
        foreach ($name in $names) {
            $entry = $archive.CreateEntry("EcsImage/$name")
            $entry.LastWriteTime = $time
            $target = $entry.Open()
            try {
                $bytes = [System.IO.File]::ReadAllBytes((Join-Path $staged $name))
                $target.Write($bytes, 0, $bytes.Length)
            }
            finally { $target.Dispose() }
            '{0,10:N0}  {1}' -f $bytes.Length, $name
        }
    }
    finally { $archive.Dispose() }

    Move-Item -LiteralPath $fresh -Destination $package -Force
    $package
}

foreach ($step in $Task) {
    switch ($step) {
        'Build' { Invoke-DotNet build $solution --configuration $Configuration }
        'Test' { Invoke-DotNet test $solution --configuration $Configuration }
        'Pester' {
            if (-not $NoBuild) { Invoke-DotNet build $solution --configuration $Configuration }
            Invoke-PesterSuite
        }
        'Help' {
            Invoke-DotNet build $solution --configuration $Configuration
            Update-CmdletPage
        }
        'Docs' { Update-EndpointPage }
        'Package' {
            Invoke-DotNet build $solution --configuration Release
            New-ModulePackage
        }
    }
}
